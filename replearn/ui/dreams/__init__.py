"""The tab of class pictures, dreams, inversions and pictures that fool a network."""

"""What would it like to see: class pictures, dreams, inversions, and pictures that fool it."""

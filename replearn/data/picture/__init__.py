"""What a file holds, and how each kind of picture becomes upright RGB."""

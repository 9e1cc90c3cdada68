"""What leaves its features unmoved? Vectors and answers over the levels of a factor."""

"""Train on one manipulation, test on all."""

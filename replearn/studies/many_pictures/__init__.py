"""Does it hold for many pictures? Accuracy, calibration, suggested labels."""

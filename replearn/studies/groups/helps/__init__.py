"""What may help the worst group: other prompts, a balanced probe, thresholds, fewer heads."""

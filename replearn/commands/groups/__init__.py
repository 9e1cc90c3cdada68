"""For whom does it work: accuracy by group, blind spots, and what prompts give away."""

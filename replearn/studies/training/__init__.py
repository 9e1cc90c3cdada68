"""What happens while it learns? Runs, their figures, experiments, the loss explorer."""

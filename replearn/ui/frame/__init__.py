"""What all tabs share: page, subject, question, turns, figures, progress, saving, launch."""

"""What all commands share: arguments, and what is said of a user's data."""

"""The header's way to take a session home."""

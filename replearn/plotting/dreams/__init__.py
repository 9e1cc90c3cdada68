"""How dreams, judges and fooled answers are shown."""

"""The commands of `python -m replearn`: one file each, with its options and what it does."""

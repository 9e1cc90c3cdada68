"""The command line's larger commands, a file each."""

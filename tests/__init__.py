"""Tests; a package, for one that is installed bears this name, too."""

"""Writing the archive, asking for it, taking one in."""

"""The reform section: what everybody reads, and the desk where articles are written and reviewed."""

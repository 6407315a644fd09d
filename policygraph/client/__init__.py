"""The questions in Python, of a store or of a server, with answers that become tables."""

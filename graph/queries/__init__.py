"""Questions, one module each, written once on the store protocol."""

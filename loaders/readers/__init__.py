"""One module a file type: bytes to text."""

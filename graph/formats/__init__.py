"""Exports and imports, one module a format."""

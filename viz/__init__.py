"""Pictures: the browser program and self-contained pages."""

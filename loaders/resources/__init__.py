"""Word lists, registers and tables that reading uses."""

"""One module a kind of fact: structured text to records."""

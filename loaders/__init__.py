"""Documents and tables to batches of claims: read, normalise, structure, extract, resolve, write."""

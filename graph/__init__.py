"""The graph: claims and their fold, ids, stores, queries and formats."""

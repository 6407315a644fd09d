"""The text of a document: normalised, structured, cut into sentences and tables."""

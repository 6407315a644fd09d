"""Curated tables: one row a node or an edge, from CSV, XLSX and JSON."""

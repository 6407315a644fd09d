"""What researchers decide about facts: kept by itself, and attached again whenever the graph changes."""

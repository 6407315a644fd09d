"""How the weights of the name tagger are made; nothing of it is needed to read documents."""

"""Names of organizations and places in running text: tagger, lexicon, gazetteer."""

"""The shared nouns: frozen data that the steps hand on to each other."""

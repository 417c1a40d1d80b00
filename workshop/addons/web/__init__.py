"""Pages that this computer serves to itself: who may ask, how it is served, and the process that does the work."""

"""The deck for a browser: one file with a picture of each slide and, for those who hear it, its words."""

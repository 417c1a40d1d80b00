"""The algorithms alone, short enough to read aloud: the standard library, numpy and each other. A demo shows what one of them finds."""

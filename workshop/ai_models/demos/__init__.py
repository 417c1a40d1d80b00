"""Small demos, each really run: one idea a file."""

"""What is kept of a training: its record, the map of competences, and certificates."""

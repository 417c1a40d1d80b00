"""The toys on paper."""

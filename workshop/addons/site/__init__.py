"""A folder for any web host from which everybody takes a ready kit: ``workshop site``."""

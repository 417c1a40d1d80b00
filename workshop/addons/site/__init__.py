"""A folder for any web host from which anybody can download a ready kit: ``workshop site``."""

"""The deck themes that come with the package."""

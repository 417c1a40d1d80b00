"""Small demos that actually run, with one idea per file."""

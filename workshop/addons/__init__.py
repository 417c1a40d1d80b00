"""What the core does without: each folder is an add-on, says in its ``register.py`` what it adds, and can be deleted."""

"""The room while a workshop is held: what is asked, what was answered, and what each screen may know."""

"""Rules of our own for the Markdown parser, one file a rule; they only make tokens and report nothing."""

"""Our own rules for the Markdown parser, one file per rule; they only make tokens and report nothing."""

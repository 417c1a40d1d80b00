"""Everything that a user hands in: files, folders, texts, libraries, questions, tables, ballots."""

"""Charts: one specification, resolved once, drawn natively in the deck and by matplotlib in print."""

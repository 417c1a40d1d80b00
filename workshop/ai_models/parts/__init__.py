"""What several demos share."""

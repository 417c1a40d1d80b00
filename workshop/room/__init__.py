"""What a room did: quiz answers, votes, minutes."""

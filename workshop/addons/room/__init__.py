"""Records of a room: quiz answers, votes, minutes."""

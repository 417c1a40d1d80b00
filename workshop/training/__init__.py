"""What makes a deck a workshop: bets, exercises, and where each toy stops. Slides are laid out without it, too."""

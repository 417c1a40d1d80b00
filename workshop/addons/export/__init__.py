"""The quiz, tasks and the companion page for learning platforms."""

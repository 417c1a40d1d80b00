"""Paper exercises: functions that make the numbers, the answer and the working."""

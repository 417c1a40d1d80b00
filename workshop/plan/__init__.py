"""From content and findings to a kit: fills in numbers, finds exhibits, tests claims, arranges slides, sets the clock."""

"""The divs and spans of the dialect: each is declared once, for all who read, plan, lay out or print it."""

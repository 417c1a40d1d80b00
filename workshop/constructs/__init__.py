"""The divs and spans of the dialect, each declared once for reading, planning, layout and printing."""

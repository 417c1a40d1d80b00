"""The preview: a page for this computer alone that shows slides, notes, sheets and problems, and follows the saved file."""

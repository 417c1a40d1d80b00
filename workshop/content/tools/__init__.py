"""Front ends: what only one tool has, such as cells of Quarto and directives of Marp."""

"""Editable twins of the printed documents: DOCX with real styles, from the same data as the pages that Typst sets."""

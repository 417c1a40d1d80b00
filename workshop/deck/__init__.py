r"""Markdown in, slides and files out: a deck for Python code.

What is on this page is stable; any other name of the package may change. Its examples run as tests.

A text becomes slides. ``from_text`` takes Markdown, and ``read`` a file:

>>> from workshop.deck import Deck
>>> deck = Deck.from_text("# A bus\n\nIt waits.\n\n# A tram\n\n| line | people |\n|---|---:|\n| 1 | 20 |\n")
>>> [slide.title for slide in deck.slides]
['A bus', 'A tram']

Each slide says what is on it, in reading order. Places and sizes are in points, of which an inch has 72:

>>> title, table = deck.slides[1].boxes
>>> title.kind, title.role, title.words
('text', 'title', 'A tram')
>>> table.words.splitlines()
['line\tpeople', '1\t20']
>>> table.x + table.width <= 960
True

It is saved as .pptx, .html, .pdf or .svg; a PDF needs LibreOffice. The paths come back, for .svg one per slide:

>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     [path.name for path in (*deck.save(f"{folder}/trams.pptx"), *deck.save(f"{folder}/trams.svg"))]
['trams.pptx', 'trams-1.svg', 'trams-2.svg']

A mistake is a problem with its place, and the deck is made all the same if it can be:

>>> stop = Deck.from_text("# A bus\n\n![the stop](stop.png)\n", path="buses.md")
>>> [f"{problem.at}: {problem.severity.name}" for problem in stop.problems if problem.at]
['buses.md:3: WARNING']

If nothing could be a deck, the same problems are raised:

>>> from workshop.deck import WorkshopError
>>> try:
...     Deck.read("no-such-talk.md")
... except WorkshopError as error:
...     print(error.problems[0].message)
there is no such file or folder

What a plugin adds can be given to one deck without being installed: a function that gets the registry.

>>> from workshop.themes.beds import dark
>>> def crusty(registry):
...     registry.add("theme", "crust", dark)
>>> len(Deck.from_text("# Rye\n\nIt rises.\n", theme="crust", plugins=[crusty]).slides)
1
"""

from workshop.deck.deck import Deck
from workshop.deck.slide_boxes import Box, Slide
from workshop.errors import Problem, Problems, WorkshopError

__all__ = ["Box", "Deck", "Problem", "Problems", "Slide", "WorkshopError"]

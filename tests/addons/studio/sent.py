"""The names in a workshop's folder, each of which is tried as a way out of it, and texts that would be options of a command."""

# what a workshop's folder may have, by the kind of private file that a link there would show
FILES = {
    "given/template.pptx": "deck.pptx",
    "given/logo.png": "notes.txt",
    "given/quiz.csv": "table.csv",
    "given/documents/a.txt": "notes.txt",
    "given/documents/b.md": "diary.md",
    "words/one.md": "diary.md",
    "words/adopted.json": "rest.json",
    "out/manifest.json": "rest.json",
    "out/deck.pptx": "deck.pptx",
    "room/rehearsal.csv": "table.csv",
    "room/ballots.csv": "table.csv",
    "room/bets.csv": "table.csv",
    "room/place.json": "rest.json",
    "room/2026-01-01-000000-000000.db": "notes.txt",
    "after/actual.csv": "table.csv",
    "after/quiz.csv": "table.csv",
    "after/training.yaml": "light.yaml",
    "after/deck/deck.pptx": "deck.pptx",
    "last.json": "rest.json",
}
FOLDERS = ("given", "given/documents", "words", "out", "room", "after", "after/deck", "kit")
OPTIONS = ("--trust", "--trust-folder", "--out=/tmp", "--data=library=PRIVATE", "-x", "--", "@PRIVATE/notes.txt")

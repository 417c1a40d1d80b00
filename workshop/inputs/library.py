"""A library to search: documents from a folder, from one Markdown file, or from a list; and cards drafted from a client's documents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, takewhile, zip_longest
from pathlib import Path
from unicodedata import east_asian_width

from msgspec import Struct
from msgspec.structs import replace

from workshop.errors import At, Problem, Problems, Report, Severity, WorkshopError, did_you_mean
from workshop.inputs.door import read_all, shown, wrong
from workshop.inputs.door import read_text_file as read_text
from workshop.inputs.structured import parse_yaml, read_named
from workshop.inputs.texts import is_closed, paragraphs_of, parts_of, sentences_of, words

# ---------------------------------------------------------------- naming
# Names for documents: short enough for a chart's rows, and all different.
MOST = 36  # columns of text that a name takes, in two lines beside a bar
WORD = 20  # columns of one word
REST = 16  # of the part that distinguishes a name from others that begin alike
LEAST = 8  # of the part before an id
ELLIPSIS = "…"


def names_of(titles: Sequence[str], ids: Sequence[str]) -> tuple[str, ...]:
    """Return a name for each title: shortened if it is long, and made distinct if several come out alike.

    They are distinguished by what differs in the titles, else by the id, else by a number.

    >>> names_of([f"Report on the work of the committee for traffic, {year}" for year in (2024, 2025)], ["a", "b"])
    ('Report on the work of the … 2024', 'Report on the work of the … 2025')
    >>> names_of(["Taps", "Hoses", "Taps"], ["one/notes", "two/notes", "three"])
    ('Taps (one/notes)', 'Hoses', 'Taps (three)')
    """
    names = [cut(title, MOST) for title in titles]
    for group in _alike(names):
        for k, rest in zip(group, _apart([titles[k] for k in group], [ids[k] for k in group]), strict=True):
            names[k] = rest
    return tuple(_numbered(names))


def _alike(names: Sequence[str]) -> list[list[int]]:
    """Return the indices of equal names, group by group."""
    places: dict[str, list[int]] = defaultdict(list)
    for k, name in enumerate(names):
        places[name.casefold()].append(k)
    return [group for group in places.values() if len(group) > 1]


def cut(text: str, most: int) -> str:
    """Return a text cut to a number of columns, with an ellipsis for the rest; wide characters take two columns."""
    parts = [_within(word, WORD) for word in text.split()]
    whole = " ".join(parts)
    if columns(whole) <= most:
        return whole
    while len(parts) > 1 and columns(" ".join(parts)) + 2 > most:
        parts.pop()
    return f"{_within(' '.join(parts), most - 2)} {ELLIPSIS}".replace(f"{ELLIPSIS} {ELLIPSIS}", ELLIPSIS)


def columns(text: str) -> int:
    """Return the width of a text in columns."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _within(word: str, most: int) -> str:
    if columns(word) <= most:
        return word
    kept = word
    while columns(kept) > most - 1:
        kept = kept[:-1]
    return kept + ELLIPSIS


def _apart(titles: Sequence[str], ids: Sequence[str]) -> Sequence[str]:
    """Return names for titles that begin alike: the beginning, then the part that differs, or the ids if these are short."""
    split = [title.split() for title in titles]
    same = sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, zip(*split, strict=False)))
    rests = [cut(" ".join(words[same:]), REST) for words in split]
    if same and all(rests) and len({rest.casefold() for rest in rests}) == len(rests):
        head = cut(" ".join(split[0][:same]), MOST - 3 - max(map(columns, rests)))
        head = head.removesuffix(ELLIPSIS).rstrip(" ,;:–-")
        return [f"{head} {ELLIPSIS} {rest}".strip() for rest in rests]
    room = MOST - 3 - max(map(columns, ids))
    return [f"{cut(title, room)} ({own})" if room >= LEAST else title for title, own in zip(titles, ids, strict=True)]


def _numbered(names: Sequence[str]) -> Iterator[str]:
    """Yield the names, with a number appended to those that are still equal."""
    short = [cut(name, MOST) for name in names]
    times = Counter(name.casefold() for name in short)
    numbers: dict[str, Iterator[int]] = defaultdict(lambda: count(1))
    for name in short:
        if times[name.casefold()] == 1:
            yield name
            continue
        base = cut(name.removesuffix(ELLIPSIS).rstrip(), MOST - 6)
        yield next(own for k in numbers[base.casefold()] if (own := f"{base} ({k})").casefold() not in times)


# ---------------------------------------------------------------- library
FEWEST = 3
_HEADING = re.compile(r"^#{1,6}[^\S\n]+(\S.*)$", re.MULTILINE)
_SECOND = re.compile(r"^##[^\S\n]+(\S.*)$", re.MULTILINE)
_COMMENT = re.compile(r"^[^\S\n]*//.*", re.MULTILINE)
_ATTRIBUTES = re.compile(r"\{(?:#(?P<id>[\w-]+))?[^{}]*\}\Z")
# A short line without punctuation at its end, then a blank one or the beginning of a sentence
_TOP = re.compile(r"\s*(?![#\s])((?:\S+[^\S\n]+){0,7}\S*[^\s.!?…:;,])[^\S\n]*\n(?=[^\S\n]*\n|[A-Z\d“])")


class Document(Struct, frozen=True):
    """A card of a library; ``at`` is where it begins."""

    id: str
    title: str
    text: str
    at: At


class Documents(Struct, frozen=True):
    """A library: a folder of text, Markdown, PDF and Word files, one Markdown file with a ``##`` heading per document, or a YAML list.

    Attributes:
        items: at least three documents with different ids and titles; long titles are shortened.
        at: the file or folder.
    """

    items: tuple[Document, ...]
    at: At

    @classmethod
    def load(cls, path: Path) -> Documents:
        """Read the library; with fewer than three documents there would be nothing to choose from."""
        at = At(shown(path))
        if path.is_dir():
            items = _with_own_ids(_file_document(path, *read) for read in read_all(path))
        elif path.suffix in (".yaml", ".yml"):
            items = tuple(_yaml_documents(path))
        else:
            items = tuple(_markdown_documents(path))
        if len(items) < FEWEST:
            hint = "put them into a folder as .txt, .md, .pdf or .docx, or into one Markdown file with '## Title' above each"
            found = f"{len(items) or 'no'} document{'s' * (len(items) != 1)}"
            raise wrong(f"the library has {found}, and at least {FEWEST} are needed", at, hint)
        for name, times in Counter(document.id for document in items).items():
            if times > 1:
                second = [document for document in items if document.id == name][1]
                raise wrong(f"two documents have the id {name!r}", second.at, "give one another title or {#id}")
        names = names_of([document.title for document in items], [document.id for document in items])
        return cls(tuple(replace(d, title=name) for d, name in zip(items, names, strict=True)), at)


def _with_own_ids(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Return documents with a number appended to each id that several files share: ``a.txt`` beside ``a.md``."""
    taken: set[str] = set()
    found = []
    for document in documents:
        own = next(n for k in count(1) if (n := document.id if k == 1 else f"{document.id}-{k}") not in taken)
        taken.add(own)
        found.append(replace(document, id=own))
    return tuple(found)


def _file_document(folder: Path, file: Path, text: str, name: str) -> Document:
    """Return one file as a document; its title is its first heading, else a short line above the text, else its name."""
    inside = file.relative_to(folder)
    head = _HEADING.search(text)
    if head is None and (head := _TOP.match(text)) is not None:
        text = text[head.end() :]
    title = _ATTRIBUTES.sub("", head[1].strip()).strip() if head else ""
    stem = inside.stem.replace("-", " ").replace("_", " ").strip()
    title = title or stem[:1].upper() + stem[1:]
    *parts, last = [" ".join(part.split()) for part in paragraphs_of(text)] or [""]
    body = " ".join([*(part if is_closed(part) else f"{part}." for part in parts), last])
    if not body:
        raise wrong(
            "the document has a heading and no text", At(name), "write at least a sentence under it, or take it out"
        )
    return Document("-".join(inside.with_suffix("").parts), title, body, At(name, 1))


def _markdown_documents(path: Path) -> Iterator[Document]:
    """Yield the document under each ``##`` heading; lines that begin with ``//`` are left out."""
    text, name = read_text(path)
    text = _COMMENT.sub("", text)
    heads = list(_SECOND.finditer(text))
    line, counted = 1, 0
    for number, match in enumerate(heads):
        end = heads[number + 1].start() if number + 1 < len(heads) else len(text)
        line, counted = line + text.count("\n", counted, match.start()), match.start()
        head = match[1].strip()
        attributes = _ATTRIBUTES.search(head)
        title = head[: attributes.start()].strip() if attributes else head
        body = " ".join(text[match.end() : end].split())
        if not body:
            raise wrong(f"the document {title!r} has no text", At(name, line), "write at least a sentence under it")
        own = attributes["id"] if attributes else None
        yield Document(own or "-".join(words(title)), title, body, At(name, line))


def _yaml_documents(path: Path) -> Iterator[Document]:
    text, name = read_text(path)
    report = Report()
    tree = parse_yaml(text, name, report)
    report.raise_if_errors()
    entries = tree.value if tree is not None else ""
    if not isinstance(entries, list):
        raise wrong("the library is not a list", At(name), "write '- {id: a1, title: …, text: …}', one per document")
    for number, entry in enumerate(entries, 1):
        given = {key: entry.get(key, "") if isinstance(entry, dict) else "" for key in ("id", "title", "text")}
        for key, value in given.items():
            if not isinstance(value, str):
                raise wrong(
                    f"the {key} of document {number} isn't text", At(name), "write words, not a list or mapping"
                )
            if key != "id" and not value.strip():
                raise wrong(f"document {number} has no {key}", At(name), "each needs a title and a text")
        title = given["title"].strip()
        yield Document(given["id"] or "-".join(words(title)), title, " ".join(given["text"].split()), At(name))


# ---------------------------------------------------------------- questions
# Questions to a library, and the document that answers each.
NO_CARD = "none"


class Question(Struct, frozen=True):
    """A question, the id of the document that answers it ("" if none does), and what kind of question it is."""

    text: str
    document: str
    kind: str
    at: At


class Questions(Struct, frozen=True):
    """A CSV file with the columns question, document and, optionally, kind; or a YAML list of {question, card}.

    Attributes:
        items: questions; a document is named by its id or by its title.
        at: the file.
        empty: how many entries of a list have no question yet.
    """

    items: tuple[Question, ...]
    at: At
    empty: int = 0

    @classmethod
    def load(cls, path: Path) -> Questions:
        """Read the file; the first line of a CSV names the columns, in any order."""
        text, name = read_text(path)
        listed = path.suffix in (".yaml", ".yml")
        read = list(_listed(text, name) if listed else _rows(text, name))
        items = tuple(question for question in read if question.text.strip() or not listed)
        empty = len(read) - len(items)
        for question in items:
            if not words(question.text):
                raise wrong("this line has no question", question.at, "write one, or remove the line")
        return cls(items, At(name), empty)

    def matched(self, documents: Documents) -> tuple[Question, ...]:
        """Return the questions with the ids of their documents.

        Raises:
            WorkshopError: at the question's line, for an answer that is not in the library.
        """
        ids = {document.title.casefold(): document.id for document in documents.items}
        ids |= {document.id.casefold(): document.id for document in documents.items}
        for question in self.items:
            if question.document and question.document.casefold() not in ids:
                hint = did_you_mean(question.document, ids.values())
                raise wrong(f"the library has no document {question.document!r}", question.at, hint)
        return tuple(replace(q, document=ids.get(q.document.casefold(), "")) for q in self.items)


def _rows(text: str, name: str) -> Iterator[Question]:
    for at, row in read_named(text, name, ("question", "document")):
        yield Question(row["question"], row["document"], row.get("kind", ""), at)


def _listed(text: str, name: str) -> Iterator[Question]:
    report = Report()
    tree = parse_yaml(text, name, report)
    if tree is None or report.errors:
        raise Problems(report.found)
    entries = tree.value if isinstance(tree.value, list) else []
    if not entries:
        raise wrong("this is not a list of questions", At(name), "write '- {question: …, card: …}', one per question")
    for place, entry in enumerate(entries):
        given = entry if isinstance(entry, dict) else {}
        asked, card = (str(given.get(key) or "") for key in ("question", "card"))
        yield Question(asked, "" if card == NO_CARD else card, "show" * (given.get("show") == "yes"), tree.at((place,)))


# ---------------------------------------------------------------- personal data
# Look for personal data in a user's files, before any of it reaches a slide.
#
# It finds anything that looks like a mail address, a telephone number or an account number (IBAN). It can't find names.
MOST_FINDS = 20  # warnings; a list of members doesn't need a thousand of them
KINDS = (
    ("a mail address", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("an account number (IBAN)", re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")),
    ("a telephone number", re.compile(r"(?<![\w.,/-])(?:\+|00|0|\(0)[\d()][\d ()/.-]{6,}\d(?![\w-])")),
)
FEWEST_DIGITS, MOST_DIGITS = 8, 15
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}")
_GAP = re.compile(r"[ /()-]+")
HINT = "take it out if it should not be shown: whatever is in this file may reach a slide"


def find_personal(paths: Iterable[Path]) -> tuple[Problem, ...]:
    """Return a warning for each line that seems to hold personal data; unreadable files are left to the demos that need them.

    Args:
        paths: files and folders of the user's own.

    Raises:
        WorkshopError: for a file that takes so long to read that it shouldn't be tried again.
    """
    from workshop.inputs.door import SLOW, text_files
    from workshop.inputs.door import read_text_file as read_text

    found: list[Problem] = []
    for path in dict.fromkeys(paths):
        try:
            files = text_files(path) if path.is_dir() else [path]
        except WorkshopError:
            continue  # too large: the demo that needs it says so
        for file in files:
            try:
                text, name = read_text(file)
            except (WorkshopError, OSError) as error:
                if isinstance(error, WorkshopError) and error.problem.code == SLOW:
                    raise  # every demo that needs it would wait as long
                continue
            found.extend(_in_text(text, name))
    if len(found) > MOST_FINDS:
        found = [
            *found[:MOST_FINDS],
            _warning(f"{len(found) - MOST_FINDS} more lines seem to hold personal data", None),
        ]
    return tuple(found)


def _in_text(text: str, name: str) -> Iterable[Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        kinds = [kind for kind, pattern in KINDS if any(_counts(kind, m[0]) for m in pattern.finditer(line))]
        if kinds:
            yield _warning(f"this looks like {' and '.join(kinds)}", At(name, number))


def _counts(kind: str, found: str) -> bool:
    """Whether a match is real: it has as many digits as a telephone number, or is the first of several side by side."""
    if kind != KINDS[2][0]:
        return True
    parts = _GAP.split(_DATE.sub(" ", found))
    digits = 0
    for part in parts:
        more = sum(character.isdigit() for character in part)
        if digits + more > MOST_DIGITS:
            break
        digits += more
    return digits >= FEWEST_DIGITS


def _warning(message: str, at: At | None) -> Problem:
    return Problem(message, at, hint=HINT, code="personal-data", severity=Severity.WARNING)


# ---------------------------------------------------------------- data
# Types for the data that a kit gives to demos: each reads one file or folder and reports what is wrong with it, and where.
#
# A parameter of a demo with one of these types is a data slot. Blank lines and lines that begin with ``//`` are
# left out of text files.


MOST_CARDS = 24
TITLE_WORDS = 5
SENTENCES = 2
SHORTEST, LONGEST = 3, 18  # words of a sentence
# The address of a page or a person, a number of five digits, or marks of code: no use on a card, or perhaps private
_UNFIT = re.compile(r"://|www\.|\S@\S|\d(?:[ ./-]?\d){4}|[<>{}|\\]")
_ENDS = re.compile(r"[.!?][”’\"')\]]*$")
# Questions that people ask anywhere; some of them find a card in any library, though none has the answer
EVERYDAY = (
    "may I bring my own chair", "is there a shower", "when does the sauna open", "what is the wifi password", "may I bring my dog",
    "how tall is the mountain", "where can I buy stamps", "is there a cash machine", "who feeds the cat", "may I smoke on the balcony",
    "how do I become the boss", "what does a parking place cost", "can I charge my scooter", "is there a piano", "who won the football",
    "how deep is the pool", "what does lunch cost on Sunday", "may I paint the wall", "is there a bus at night", "what is the price of a cinema ticket",
)  # fmt: skip
_NUMBERED = re.compile(r"^(?:\d+(?:\.\d+)*[.)]?|[A-Z][.)]|§)\s+")


class Card(Struct, frozen=True):
    """A card that may be used."""

    title: str
    text: str


class Drafts(Struct, frozen=True):
    """The cards of a folder of documents.

    Attributes:
        kept: at most 24, taken from the documents in turn, in the order of the documents.
        spare: the others.
        documents: how many were read.
        left_out: why paragraphs gave no card, and how many.
    """

    kept: tuple[Card, ...]
    spare: tuple[Card, ...]
    documents: int
    left_out: Mapping[str, int]


def drafted(folder: Path) -> Drafts:
    """Read all documents of a folder and draft cards, no two with the same title.

    Raises:
        WorkshopError: for a file that can't be read, or a folder without any.
    """
    read, left_out = read_all(folder), Counter[str]()
    found: list[list[Card]] = []
    titles: set[str] = set()
    for _, text, _ in read:
        cards, why = cards_in(text)
        found.append([card for card in cards if card.title.casefold() not in titles])
        titles |= {card.title.casefold() for card in cards}
        left_out += why
    in_turn = [card for cards in zip_longest(*found) for card in cards if card is not None]
    chosen = {card.title for card in in_turn[:MOST_CARDS]}
    every = [card for cards in found for card in cards]
    kept, spare = (tuple(c for c in every if (c.title in chosen) is wanted) for wanted in (True, False))
    return Drafts(kept, spare, len(read), dict(left_out))


def cards_in(text: str) -> tuple[list[Card], Counter[str]]:
    r"""Return the cards of one document, and why paragraphs gave none.

    Rules find cards, not questions: whether a card makes sense, and what people would ask, is for a person to say.

    >>> cards, left_out = cards_in("# Leave\n\nAsk a week ahead. Tell your team, too.\n\n## Forms\n\nSee https://forms.example.")
    >>> cards[0].title, cards[0].text, dict(left_out)
    ('Leave', 'Ask a week ahead. Tell your team, too.', {'with an address, a long number or code': 1})
    """
    cards: dict[str, Card] = {}
    left_out = Counter[str]()
    for heading, paragraphs in parts_of(text):
        title = _NUMBERED.sub("", heading).strip(" :.")
        if not heading or not 0 < len(words(title)) <= TITLE_WORDS:
            reason = f"under a heading of more than {TITLE_WORDS} words" if heading else "without a heading"
            left_out[reason] += len(paragraphs)
            continue
        fit = [part for part in paragraphs if not _UNFIT.search(part)]
        left_out["with an address, a long number or code"] += len(paragraphs) - len(fit)
        said = [
            s for part in fit for s in sentences_of(part) if _ENDS.search(s) and SHORTEST <= len(words(s)) <= LONGEST
        ]
        if said:
            cards.setdefault(title.casefold(), Card(title, " ".join(said[:SENTENCES])))
    return list(cards.values()), +left_out  # only what occurred

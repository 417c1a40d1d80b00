"""Questions that a card's own words answer, made with its title: what it costs, when it is, how long it takes, what to bring.

A sentence counts if it speaks of what the title names, so that a hotel's price under "Business trips" makes no question about trips.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from workshop.ai_models.toys.embedding import stem
from workshop.ai_models.toys.keyword import content_words
from workshop.inputs.drafted_cards import Card
from workshop.inputs.running_text import sentences_of

_AMOUNT = r"(?:\d[\d.,]*\s*(?:euros?|cents?|pounds?|dollars?|francs?|kroner)\b|[€£$]\s?\d)"
_MONEY = re.compile(rf"\b{_AMOUNT}|\b(?:costs?|fees?|free)\b|\bpays? (?:nothing|.*?(?:{_AMOUNT}|\d ?%))", re.IGNORECASE)
_PAYS = re.compile(rf"\bpays? (?:nothing|.*?(?:{_AMOUNT}|\d ?%))", re.IGNORECASE)
_GETS = re.compile(r"\b(?:gets?|ha[sv]e?|earns?|receives?|lends?|spends?)\b", re.IGNORECASE)
_COSTS = re.compile(r"\b(\w+) (?:(?:may|can|will|also|only) )?costs?\b", re.IGNORECASE)
_DAY = re.compile(
    r"\b(?:on|every|each|at|from|until|by|between|after) (?:the )?(?:\w+ )?"
    r"(?:(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|weekdays?|weekends?|noon|midnight)\b|\d{1,2}[.:]\d\d\b|\w+ o.clock\b)",
    re.IGNORECASE,
)
_MAY_COME = re.compile(r"\b(may|can) come\b", re.IGNORECASE)
_OPENS = re.compile(r"\b(?:opens?|open)\b", re.IGNORECASE)
_SPAN = re.compile(r"\b(takes|lasts)\b[^.]*?\b(?:minutes?|hours?|days?|weeks?|months?)\b", re.IGNORECASE)
_BRING = re.compile(r"\b(?:[Bb]ring (?!(?:\w+ )?(?:up|back)\b)|[Cc]ome with)")
_KINDS = tuple(
    (re.compile(asks), re.compile(found, re.IGNORECASE))
    for asks, found in (
        (r"when\b|what time|how long", r"\d|noon|midnight|o.clock|\b(?:minute|hour|day|night|week|month|year|morning|evening|once|twice)"),
        (r"how much|what does .* cost|is it cheaper", rf"{_AMOUNT}|\bcents?\b|\b(?:euros|pounds|dollars)\b|\bfree\b|percent|%|nothing"),
        (r"may\b|must\b", r"\b(?:may|must|can|not?|never|nobody|allowed|welcome|needed?|forbidden|only|free|always|every\w*|please|wear|worn|have to|fine)\b"),
        (r"where\b", r"\b(?:at|in|on|by|to|beside|behind|under|above|from|near|into|outside|inside)\b"),
    )
)  # fmt: skip
_PRONOUN = re.compile(r"(?:It|They|This|These|Each|You|We|Everybody|Everyone)\b")
_AND = frozenset({"and", "it", "they", "each", "which", "that", "this", "one", "also"})
_ARTICLE, _AFTER_NOUN = re.compile(r"^(?:the|an?) "), re.compile(r" (?:for|of|in|to|with|at|on|from|by|behind) ")
_WHEN = ("before", "after", "during", "if", "when")
_NO_NOUN = ("be", "at", "in", "on", "without", "behind", "under", "with", "how", "what", "who", "where", "why", "no")
_AFTER_DOING = frozenset("to at in on from with out off an a the your my our".split())  # noqa: SIM905 - as one reads it
_NOUNS_IN_ING = re.compile(
    r"(?:book|build|chang|clos|cook|din|even|fish|fitt|heat|land|lend|meet|morn|open|park|print|read|r|shopp|spr|swimm|th|train"
    r"|visit|wait|wash|wedd|w)ing$"
)
_MASS = re.compile(
    r"(?:care|ness|leave|access|gym|yoga|overtime|insurance|notice|lunch|breakfast|dinner|aid|help|food|ing)$"
)
_PRICED = frozenset(map(stem, ("fee", "fine", "charge", "deposit", "budget", "allowance", "penalty")))
_PAID = frozenset(
    map(stem, ("price", "tariff", "rate", "salary", "wage", "pay", "payment", "cost", "discount", "money", "fares"))
)
_HOURS = ("hours", "times", "dates")
_PEOPLE = re.compile(r"(?:or|er|ist|ant|ent|child|children|people|student|guest)s?$")
MANY = 2  # words by which a card wins
_ENDS_IN_S = ("ss", "us", "is")


class Named(Struct, frozen=True):
    """A title inside a question, such as "the annual pass", and whether its verb is in the plural."""

    text: str
    many: bool
    head: str

    @property
    def do(self) -> str:
        """The verb of a question about what it does."""
        return "do" if self.many else "does"

    @property
    def be(self) -> str:
        """The verb of a question about what it is."""
        return "are" if self.many else "is"


def answered_by(card: Card) -> Iterator[str]:
    """Yield the questions that a card's own words answer.

    >>> list(answered_by(Card("Annual pass", "The pass costs 32 euros. It takes two days.")))
    ['what does the annual pass cost', 'how long does the annual pass take']
    >>> list(answered_by(Card("Classes", "They are on Monday. Bring a mat.")))
    ['when are classes', 'what do I bring for classes']
    >>> list(answered_by(Card("When you are ill", "Tell your lead by ten.")))
    ['what do I do when I am ill']
    >>> list(answered_by(Card("Business trips", "Hotels may cost up to 130 euros.")))
    []
    """
    title = _spoken(card)
    if title.split()[0] in _WHEN:
        if not re.search(r"\b(?:we|our)\b", title):
            yield f"what do I do {title}"
    elif named := _named(title, card.text):
        stems = frozenset(map(stem, content_words(title)))
        said = sentences_of(card.text)
        yield from _cost(named, stems, said)
        yield from _when(named, stems, said)
        for sentence in said:
            if (span := _SPAN.search(sentence)) and _is_about(sentence, stems):
                yield f"how long {named.do} {named.text} {span[1].lower().removesuffix('s')}"
                break
        if any(map(_BRING.search, said)):
            yield f"what do I bring for {named.text}"


def about(card: Card) -> str:
    """Return a question about a card with two words of its title or more, which shared words find; "" if its title can't be in one.

    A title with a capital inside may have a name in it, or be written so throughout: it is in none.

    >>> about(Card("Interlibrary loan", "We order it.")), about(Card("Fines", "Late items cost 20 cents."))
    ('I have a question about the interlibrary loan', '')
    """
    named = _named(_spoken(card), card.text)
    unsure = any(word[:1].isupper() and not _is_name(word, card.text) for word in card.title.split()[1:])
    if named is None or unsure or " and " in named.text or len(set(content_words(named.text))) < MANY:
        return ""
    return f"I have a question about {named.text}"


def could_answer(question: str, text: str) -> bool:
    """Whether a text has anything of the kind that a question asks for: a time for "when", money for "how much".

    >>> could_answer("when do I get my wages", "They are paid on the 25th."), could_answer("how much do I earn", "Ask Tom.")
    (True, False)
    """
    return all(found.search(text) for asks, found in _KINDS if asks.match(question))


def _cost(named: Named, stems: frozenset[str], said: list[str]) -> Iterator[str]:
    head = stem(named.head)
    for sentence in said:
        if head in _PAID or not _MONEY.search(sentence):
            continue
        if head in _PRICED:
            yield f"how much {named.be} {named.text if named.text.startswith(('the ', 'my ')) else f'the {named.text}'}"
            return
        costs = _COSTS.search(sentence)
        if costs:
            of_it = costs[1].lower() in _AND or stem(costs[1].lower()) in stems
        else:
            of_it = _is_about(sentence, stems) and not _GETS.search(sentence)
        if (of_it and " and " not in named.text) or (not costs and _PAYS.search(sentence)):
            yield f"what {named.do} {named.text} cost"
            return


def _when(named: Named, stems: frozenset[str], said: list[str]) -> Iterator[str]:
    if named.head in _HOURS:
        yield f"what are the {_ARTICLE.sub('', named.text)}"
        return
    for sentence in said:
        if not _DAY.search(sentence) or not _is_about(sentence, stems) or stem(named.head) in _PAID:
            continue
        if _OPENS.search(sentence):
            yield "when do you open" if sentence.startswith("We ") else f"when {named.do} {named.text} open"
            return
        if may := _MAY_COME.search(sentence):
            yield f"when {may[1].lower()} {named.text} come"
            return
        if not _PEOPLE.search(named.head) and " and " not in named.text and not named.text.startswith("my "):
            yield f"when {named.be} {named.text}"
            return


def _is_about(sentence: str, stems: frozenset[str]) -> bool:
    """Whether a sentence speaks of what a title names: by one of its words, or by a pronoun."""
    return bool(stems & set(map(stem, content_words(sentence)))) or _PRONOUN.match(sentence) is not None


def _spoken(card: Card) -> str:
    """Return a title in the middle of a question: names alone keep their capitals, and it speaks of whoever asks."""
    title = " ".join(word if _is_name(word, card.text) else word[:1].lower() + word[1:] for word in card.title.split())
    for old, new in ((r"\byou are\b", "I am"), (r"\byou\b", "I"), (r"\byour\b", "my"), (r"\byourself\b", "myself")):
        title = re.sub(old, new, title)
    return title


def _is_name(word: str, text: str) -> bool:
    """Whether a word has its capital anywhere: it has two, or stands with one inside a sentence of the text."""
    return sum(map(str.isupper, word)) > 1 or re.search(rf"(?<![.!?] )\b{re.escape(word)}\b", text[1:]) is not None


def _named(title: str, text: str) -> Named | None:
    """Return a title as a noun; ``None`` for one that can't be one, such as "getting here"."""
    first, *others = title.split()
    if first in _NO_NOUN or re.search(r"[(),:;?!/]", title):
        return None
    last = _AFTER_NOUN.split(title)[0].split()[-1].lower()
    doing = first.endswith("ing") and ((others[:1] and others[0] in _AFTER_DOING) or not _NOUNS_IN_ING.match(first))
    if doing and others and others[0] not in _AFTER_DOING:
        return None
    many = not doing and (" and " in title or (last.endswith("s") and not last.endswith(_ENDS_IN_S)))
    bare = many or doing or first == "my" or _MASS.search(last) or _stands_alone(title, text)
    return Named(title if bare else f"the {_ARTICLE.sub('', title)}", many, last)


def _stands_alone(title: str, text: str) -> bool:
    """Whether a text has a title without an article before it: "Yoga is on Monday"."""
    found = re.search(rf"(?:(\w+) )?\b{re.escape(title)}\b", text, re.IGNORECASE)
    articles = ("the", "a", "an", "this", "your", "our", "each", "every")
    return found is not None and (found[1] or "").lower() not in articles

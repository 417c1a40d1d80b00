"""The rows of the table of hostile files."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

REFUSED, BUILT, WITHOUT, NAMED = "refused", "built", "built without it", "named"
SLOW, BROAD = "slow", "broad"  # tried only by ``make slow``; and by CI, but not by ``make test``
SECONDS, MEGABYTES = 10, 400  # limit of time for refusing a file; limit of memory in any case

Given = Callable[[Path], Sequence[str]]
# description; the function that writes it; pieces of the message, separated by " … "; the result if it isn't refused; SLOW or BROAD
Row = tuple[str, Given, str] | tuple[str, Given, str, str] | tuple[str, Given, str, str, str]


@dataclass(frozen=True, kw_only=True)
class Case:
    """One file or kit from a stranger.

    Attributes:
        of: kind of file, a heading of the page in the docs.
        what: description of the file.
        given: writes it into an empty folder and returns the arguments of the command.
        says: pieces of the message about it, in this order.
        fate: whether it is refused, built, built without what doesn't belong in a deck, or named by a check.
        tier: SLOW, BROAD, or "" if ``make test`` tries it.
    """

    of: str
    what: str
    given: Given
    says: tuple[str, ...]
    fate: str
    tier: str


def cases_of(groups: dict[str, Sequence[Row]]) -> Iterator[Case]:
    """Yield the rows of some groups as cases."""
    for of, rows in groups.items():
        for what, given, says, *more in rows:
            fate = next((word for word in more if word not in (SLOW, BROAD)), REFUSED)
            tier = next((word for word in more if word in (SLOW, BROAD)), "")
            pieces = tuple(says.split(" … ")) if says else ()
            yield Case(of=of, what=what, given=given, says=pieces, fate=fate, tier=tier)

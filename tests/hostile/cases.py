"""The table of everything that strangers' files may try, and what happens.

``docs/reference/limits.md`` is made from it by ``docs/make_limits.py``.
"""

from tests.hostile.case import cases_of
from tests.hostile.others import BACK, BALLOTS, BATCHES, DATA, DECKS, FOUND, LISTS, TEMPLATES
from tests.hostile.sources import BIBLIOGRAPHIES, KITS, NUMBERS, PICTURES, TALKS, VALUES

GROUPS = {
    "Pictures and logos": PICTURES,
    "Kits and overlays": KITS,
    "Text": TALKS,
    "Bibliographies and styles of citations": BIBLIOGRAPHIES,
    "Expressions in `{{ }}`": VALUES,
    "Numbers": NUMBERS,
    "Templates": TEMPLATES,
    "Finished decks, checked": DECKS,
    "Decks compared, adopted, or made into a talk": BACK,
    "Own documents": DATA,
    "Ballots": BALLOTS,
    "Lists": LISTS,
    "Tables of many kits": BATCHES,
    "Files in the output folder": FOUND,
}
CASES = tuple(cases_of(GROUPS))

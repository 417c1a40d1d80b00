"""Metadata: YAML as text becomes the models of ``model.meta``; every mistake is reported."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from workshop.content.vocabulary import near
from workshop.errors import Report, did_you_mean
from workshop.inputs.yaml_text import Key, Tree
from workshop.model.closed import PLACE, Closed, written
from workshop.model.meta import ADDRESS, CLOCK, LANGUAGE, KitMeta, Phase, StageMeta, TimeBlock
from workshop.model.moment import Moment

# Reading metadata: YAML as text becomes the frozen models of ``model.meta``; every mistake is reported at its place.
T = TypeVar("T", bound=Closed)


def keys_of(model: type[Closed]) -> Mapping[str, str]:
    """Return a model's keys as they are written, each with the name of its field."""
    return {written(name): name for name in model.model_fields if name != PLACE}


OF_THE_KIT = (
    "sections",
    "exercises",
    "demos",
    "ballots",
    "votes",
    "cards",
    "quiz",
    "abbreviations",
    "style",
    "world",
    "paper",
    "theme",
    *("bibliography", "references", "csl", "nocite", "reference-section-title"),
)
OVERLAY_KEYS = tuple(key for key in keys_of(KitMeta) if key not in OF_THE_KIT)
TALK_KEYS = (
    *("title", "subtitle", "occasion", "author", "date", "licence", "language", "audience"),
    *("minutes", "start", "people", "paper", "theme", "vars", "motion", "dividers", "explore_url"),
    *("bibliography", "references", "csl", "nocite", "reference-section-title"),
)
PANDOC = ("lang",)  # pandoc's key for the language


def read_meta(
    model: type[T],
    tree: Tree,
    report: Report,
    prefix: Key = (),
    *,
    required: Sequence[str] = (),
    known: Collection[str] = (),
) -> T:
    """Return the mapping at ``prefix`` of a tree as a model; every mistake is reported at its place.

    Wrong parts are removed from the tree, so that the rest can be used, and places and values agree. Keys with an empty
    value count as missing.

    Args:
        required: keys that must be there.
        known: keys that may be there; if empty, all keys of the model.
    """
    if not isinstance(tree.get(prefix), dict):
        report.error("this must be keys with values", tree.at(prefix), "write key: value", "schema")
        tree.put(prefix, {})
        return model()
    names = tuple(known or keys_of(model))
    value = tree.get(prefix)
    for key in [key for key in value if key not in names]:
        report.error(f"there is no key {key!r}", tree.at((*prefix, key)), did_you_mean(key, names), "unknown-key")
        tree.take_out((*prefix, key))
    for key in [key for key in value if value[key] == ""]:
        tree.take_out((*prefix, key))
    for key in required:
        if key not in value:
            report.error(f"{key} is missing", tree.at(prefix), "add it", "schema")
    while True:
        try:
            found = model.read(value)
        except ValidationError as error:
            faults = error.errors(include_url=False)
        else:
            return found.but(at=tree.at(prefix)) if hasattr(found, PLACE) else found
        for fault in faults:
            _report(model, fault, tree, prefix, report)
        tree.take_out(*((*prefix, *fault["loc"]) for fault in faults))
        report = Report()  # consequences of that aren't the author's mistake


def is_valid(model: type[Closed], tree: Tree, report: Report, prefix: Key = ()) -> bool:
    """Check the mapping at ``prefix`` of a tree; every mistake is reported at its place, and nothing is removed."""
    value = tree.get(prefix)
    if not isinstance(value, dict):
        report.error("this must be keys with values", tree.at(prefix), "write key: value", "schema")
        return False
    try:
        model.read({key: item for key, item in value.items() if item != ""})
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            _report(model, fault, tree, prefix, report)
        return False
    return True


def model_of(model: type[T], value: Mapping[str, Any]) -> T:
    """Return a model from a valid mapping, which may lack some of its keys."""
    return model.read({key: value[key] for key in keys_of(model) if value.get(key)})


def laid_over(meta: T, over: T, keys: Collection[str]) -> T:
    """Return metadata with some keys taken from another."""
    changed = {name: getattr(over, name) for key, name in keys_of(type(meta)).items() if key in keys}
    return meta.but(**changed)


def ignored_keys(tree: Tree, report: Report) -> list[str]:
    """Report misspelt keys in the front matter of a single file, and return the keys that mean nothing here."""
    known = {*TALK_KEYS, *keys_of(StageMeta), *PANDOC}
    ignored: list[str] = []
    for key in tree.value if isinstance(tree.value, dict) else ():
        if key in known:
            continue
        if near(key, known):
            report.warn(f"there is no key {key!r}", tree.at((key,)), did_you_mean(key, known), "unknown-key")
        else:
            ignored.append(key)
    return ignored


def _report(model: type[Closed], fault: Any, tree: Tree, prefix: Key, report: Report) -> None:
    location: Key = (*prefix, *fault["loc"])
    shown = ".".join(str(step) for step in fault["loc"])
    at, given = tree.at(location), fault["input"]
    if fault["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        inner = next((nested for key, nested in _NESTED.items() if key in location), model)
        names = keys_of(inner)
        report.error(f"there is no key {location[-1]!r}", at, did_you_mean(str(location[-1]), names), "unknown-key")
        return
    told = _FAULTS.get(fault["type"])
    message, hint = told(fault, given) if told else (fault["msg"].lower(), "")
    report.error(f"{shown} {message}", at, hint, "schema")


_NESTED: dict[str, type[Closed]] = {"phases": Phase, "blocks": TimeBlock, "moments": Moment}


def _short(given: Any) -> str:
    text = str(given)
    return repr(text if len(text) <= 40 else text[:39] + "…")


_WRITTEN = {
    ADDRESS: "write an address that begins with https://",
    CLOCK: "write a clock time, such as 09:30",
    LANGUAGE: "write the tag of a language, such as en-GB",
}
_Told = Callable[[Any, Any], tuple[str, str]]
_FAULTS: dict[str, _Told] = {
    "missing": lambda _, __: ("is missing", "add it"),
    "value_error": lambda fault, given: (f"is {_short(given)}; it {fault['ctx']['error']}", ""),
    "string_type": lambda _, __: ("must be text", "write it on one line, or in quotation marks"),
    "list_type": lambda _, __: ("must be a list", "write [first, second] or one '- item' per line"),
    "tuple_type": lambda _, __: ("must be a list", "write [first, second] or one '- item' per line"),
    "bool_parsing": lambda _, given: (f"is {_short(given)}, neither yes nor no", "write yes or no"),
    "dataclass_type": lambda _, __: ("must be keys with values", "write {key: value}"),
    "dict_type": lambda _, __: ("must be keys with values", "write {key: value}"),
    "model_type": lambda _, __: ("must be keys with values", "write {key: value}"),
    "model_attributes_type": lambda _, __: ("must be keys with values", "write {key: value}"),
    "int_parsing": lambda _, given: (f"is {_short(given)}, not a whole number", "write digits"),
    "int_from_float": lambda _, given: (f"is {_short(given)}, not a whole number", "write digits"),
    "int_type": lambda _, __: ("must be a whole number", "write digits"),
    "float_parsing": lambda _, given: (f"is {_short(given)}, not a number", "write digits, such as 45"),
    "float_type": lambda _, __: ("must be a number", "write digits, such as 45"),
    "finite_number": lambda _, given: (f"is {_short(given)}, not a number", "write digits, such as 45"),
    "greater_than_equal": lambda f, given: (
        f"is {_short(given)}, less than {f['ctx']['ge']:g}",
        f"write {f['ctx']['ge']:g} or more",
    ),
    "less_than_equal": lambda f, given: (
        f"is {_short(given)}, more than {f['ctx']['le']:,g}",
        f"write {f['ctx']['le']:,g} or less",
    ),
    "int_parsing_size": lambda _, given: (
        f"is {_short(given)}, not a whole number of a sensible size",
        "write digits",
    ),
    "string_too_long": lambda f, given: (
        f"has {len(given)} characters; the limit is {f['ctx']['max_length']}",
        "shorten it",
    ),
    "too_short": lambda _, __: ("must not be empty", "name at least one"),
    "string_pattern_mismatch": lambda f, given: (
        f"cannot be {_short(given)}",
        _WRITTEN.get(f["ctx"]["pattern"], "names are letters, digits, - and _"),
    ),
}

"""Metadata: YAML as text becomes the models of ``model.meta``, for kits, front matter and variables; every mistake is reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from pydantic import ValidationError

from workshop.content.dialect import dialect
from workshop.content.inline_reader import plain
from workshop.content.markdown_file import Document
from workshop.content.prepared import Habits
from workshop.content.reading import Reading, check_for
from workshop.content.tools import quarto
from workshop.content.tools.front_matter import picture_of_cover, settle
from workshop.content.vocabulary import near
from workshop.errors import At, Problem, Report, did_you_mean
from workshop.inputs.structured import Key, Tree, parse_yaml
from workshop.model.closed import PLACE, Closed, written
from workshop.model.markup import NO_ATTRS, Attrs, Paragraph, Value
from workshop.model.meta import ADDRESS, CLOCK, LANGUAGE, KitMeta, Moment, Phase, StageMeta, TimeBlock
from workshop.model.source import RunSpec

# ---------------------------------------------------------------- schema
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
    *("minutes", "start", "people", "paper", "theme", "vars", "motion", "explore_url"),
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


# ---------------------------------------------------------------- front matter
# Front matter of sections, exercises and single files.
FIRST_LINE = 2
_WORDS = ("title", "subtitle", "author", "date", "occasion")
_SHORTCODE = re.compile(r"\{\{(<[^{}]*>)\}\}")
_MARKED = re.compile(r"[*`\[<\\^~]|_\w")
M = TypeVar("M", bound=Closed)


class FrontMatter(Struct, Generic[M], frozen=True, kw_only=True):
    """Checked front matter and the place of each key.

    Attributes:
        given: the keys that it has.
        byline, notes, picture: of a talk: its authors with where they work, what is said on its first slide, and what is behind it.
    """

    meta: M
    places: Mapping[str, At]
    given: frozenset[str] = frozenset()
    runs: tuple[RunSpec, ...] = ()
    attrs: Attrs = NO_ATTRS
    byline: str = ""
    notes: tuple[str, ...] = ()
    picture: str = ""


def read_front_matter(document: Document, model: type[M], required: Sequence[str] = ()) -> FrontMatter[M]:
    """Check the front matter of a file and return the usable part.

    Args:
        required: keys that must be there.
    """
    tree = _tree(document)
    if tree is None:
        return FrontMatter(meta=model(), places={})
    meta = read_meta(model, tree, document.reading.report, required=required)
    return _front(document.reading, meta, tree)


def read_talk(document: Document) -> tuple[KitMeta, FrontMatter[StageMeta]]:
    """Return the metadata of a single file, as a kit and as a section; keys of other tools are ignored."""
    reading, tree = document.reading, _tree(document)
    if tree is None:
        return KitMeta(), FrontMatter(meta=StageMeta(), places={})
    if not isinstance(tree.value, dict):
        return KitMeta(), FrontMatter(meta=read_meta(StageMeta, tree, reading.report), places={})
    picture = picture_of_cover(tree, reading)
    byline, notes = settle(tree, reading)
    for key in _WORDS:
        if isinstance(text := tree.value.get(key), str):
            tree.value[key] = _as_text(text, reading)
    byline = _as_text(byline, reading)
    for key in ignored_keys(tree, reading.report):
        reading.ignored.setdefault(f"{key}:", tree.at((key,)))
    whole, stage = tree.only(TALK_KEYS), tree.only(keys_of(StageMeta))
    lenient = Report()
    kit = read_meta(KitMeta, whole, lenient)
    front = _front(reading, read_meta(StageMeta, stage, lenient), stage)
    for problem in dict.fromkeys(lenient.found):
        reading.fault(f"{problem.message}: it is ignored", problem.at or reading.at(1), problem.hint, problem.code)
    return kit, replace(front, byline=byline, notes=notes, picture=picture)


def _as_text(text: str, reading: Reading) -> str:
    """Return words of front matter as they are on a slide: without marks of Markdown, and with shortcodes as what they stand for."""
    at = reading.at(1)
    text = _SHORTCODE.sub(lambda code: plain((quarto.shown(Value(code[1], at), reading),)), text)
    if "{{" in text or not _MARKED.search(text):
        return text
    tokens = dialect(Habits(), frozenset(("below", "above"))).parseInline(text)[0].children or []
    return "".join(" " if "break" in token.type else token.content for token in tokens if token.type != "html_tag")


def spoken_in(blocks: Iterable[Any]) -> Iterator[str]:
    """Yield the paragraphs of some blocks, at any depth."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield plain(block.children)
        else:
            yield from spoken_in((*getattr(block, "blocks", ()), *getattr(block, "items", ())))


def _tree(document: Document) -> Tree | None:
    reading = document.reading
    tree = parse_yaml(document.front, reading.path, reading.report, FIRST_LINE)
    if tree is not None:
        if tree.value == "":
            tree = Tree({}, {})
        tree.places[()] = reading.at(1)
    return tree


def _front(reading: Reading, meta: M, tree: Tree) -> FrontMatter[M]:
    attrs = NO_ATTRS
    if audiences := getattr(meta, "for_", ""):
        check_for(reading, audiences, tree.at(("for",)))
        attrs = Attrs(pairs=(("for", audiences),))
    runs = _runs(reading, getattr(meta, "runs", {}), tree)
    return FrontMatter(meta=meta, places=tree.dotted(), given=frozenset(tree.value), runs=runs, attrs=attrs)


def _runs(reading: Reading, runs: Mapping[str, Mapping[str, str]], tree: Tree) -> tuple[RunSpec, ...]:
    found: list[RunSpec] = []
    for name, knobs in runs.items():
        at = tree.at(("runs", name))
        demo = knobs.get("demo", "")
        if not demo:
            reading.error(f"the run {name!r} names no demo", at, f"write {name}: {{demo: name, knob: value}}", "run")
        else:
            found.append(RunSpec(name, demo, {k: v for k, v in knobs.items() if k != "demo"}, at))
    return tuple(found)


# ---------------------------------------------------------------- variables
# Variables: names for plain texts that change from one occasion to the next, as in ``{{ var.client }}``.
MAX_LENGTH = 300
_USE = re.compile(r"\bvar\.(\w+)")
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def gather(
    declared: Mapping[str, str], places: Mapping[str, At], given: Mapping[str, str], used: Iterable[str], report: Report
) -> dict[str, str]:
    """Return name -> text: what ``vars:`` declares, overridden by the command line.

    Args:
        declared: ``vars`` of kit.yaml or of a single file's front matter.
        given: ``--var``; a name that is neither declared nor used would have no effect, so it is an error.
        used: names that the sources use.
    """
    found = {name: text for name, text in declared.items() if _is_fit(name, text, places.get(f"vars.{name}"), report)}
    known = {*found, *used}
    for name, text in given.items():
        if name not in known:
            hint = did_you_mean(name, known) or f"write {{{{ var.{name} }}}} where it should be"
            report.error(f"--var {name}: nothing here uses that variable", None, hint, "unknown-variable")
        elif _is_fit(name, text, None, report):
            found[name] = text
    return found


def names_in(value: Any) -> set[str]:
    """Return the variables that texts use, lists, mappings and metadata included."""
    if isinstance(value, str):
        return set(_USE.findall(value)) if "var." in value else set()
    if isinstance(value, Struct):
        value = [getattr(value, name) for name in value.__struct_fields__]
    elif isinstance(value, Closed):
        value = dict(value)
    if isinstance(value, Mapping):
        value = value.values()
    return {name for part in value for name in names_in(part)} if isinstance(value, Iterable) else set()


def names_used(reading: Reading) -> set[str]:
    """Return the variables that a Markdown file uses in its values."""
    return names_in(tuple(reading.masked.raw.values())) | names_in(reading.masked.text)


def _is_fit(name: str, text: str, at: At | None, report: Report) -> bool:
    where = "" if at else f"--var {name}: "
    if not name.isidentifier():
        report.found.append(
            Problem(
                f"{where}a variable cannot be named {name!r}", at, hint="use letters, digits and _", code="variable"
            )
        )
    elif len(text) > MAX_LENGTH or _UNFIT.search(text):
        report.found.append(
            Problem(
                f"{where}a variable is one line of at most {MAX_LENGTH} characters",
                at,
                hint="shorten it",
                code="variable",
            )
        )
    else:
        return True
    return False

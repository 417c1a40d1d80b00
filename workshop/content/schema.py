"""What each YAML file may say. Values arrive as text; the models only say which texts are right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from workshop.content.vocabulary import near
from workshop.errors import Report, did_you_mean
from workshop.inputs.yaml_text import Key, Tree

Name = Annotated[str, Field(pattern=r"^\w[\w.-]*$")]
Number = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Whole = Annotated[int, Field(ge=1)]
Slot = Annotated[str, Field(pattern=r"^\d+$")]
Clock = Annotated[str, Field(pattern=r"^([01]?\d|2[0-3])[:.][0-5]\d$")]


def _joined(value: Any) -> Any:
    """Accept pandoc's lists of authors."""
    if isinstance(value, list):
        names = [item.get("name", "") if isinstance(item, dict) else item for item in value]
        return ", ".join(str(name) for name in names)
    return value.get("name", value) if isinstance(value, dict) else value


def _entry(value: Any) -> Any:
    """Accept a slide's name, alone or with the slot from which on it is in."""
    if isinstance(value, str):
        return {value: 0}
    if isinstance(value, dict) and len(value) == 1:
        return value
    raise ValueError("must be a slide, or {slide: slot}")


def _slot_or_lengths(value: Any) -> Any:
    """Accept a slot in minutes, or slides with their minutes."""
    return value if isinstance(value, dict) else {"": value}


Entry = Annotated[dict[Name, Number], BeforeValidator(_entry)]
Lengths = Annotated[dict[str, Number], BeforeValidator(_slot_or_lengths)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Phase(_Model):
    """A heading of the map and the numbers of the stages under it."""

    title: str
    stages: list[Whole]


class Block(_Model):
    """Time in a slot that no slide fills: lunch, talk, or, with ``fill``, what is done where the slides leave time."""

    title: str
    minutes: Number
    after: str = ""
    before: str = ""
    from_: Annotated[Number, Field(alias="from")] = 0
    to: Number = 0
    fill: Literal["yes", "no"] = "no"
    note: str = ""


class MomentKeys(_Model):
    """An entry of ``moments:``."""

    id: Name
    slides: Annotated[list[Entry], Field(min_length=1)]
    from_: Annotated[Number, Field(alias="from")] = 0
    to: Number = 0
    spine: Literal["yes", "no"] = "no"
    remember: Literal["yes", "no"] = "no"
    break_: Annotated[Literal["here", ""], Field(alias="break")] = ""


class KitSchema(_Model):
    """``kit.yaml``."""

    title: str
    subtitle: str = ""
    occasion: str = ""
    language: str = ""
    author: str = ""
    licence: str = ""
    certificate: str = ""
    audience: str = ""
    minutes: Number = 0
    start: Clock = "09:00"
    people: Whole = 1
    paper: Literal["", "a4", "letter"] = ""
    theme: str = ""
    sections: Annotated[list[str], Field(min_length=1)]
    exercises: str = ""
    phases: list[Phase] = []
    blocks: list[Block] = []
    data: dict[str, dict[str, str]] = {}
    demos: list[str] = []
    ballots: str = ""
    cards: list[str] = []
    quiz: str = ""
    abbreviations: list[str] = []
    vars: dict[str, str] = {}


class _StageKeys(_Model):
    number: Whole = 1
    short: Annotated[str, Field(max_length=14)] = ""
    question: str = ""
    map: str = ""
    objectives: list[str] = []
    aim: str = ""
    material: list[str] = []
    room: str = ""
    remember: list[str] = []
    learnt: str = ""
    runs: dict[str, dict[str, str]] = {}
    weight: Number = 1
    moments: list[MomentKeys] = []
    toy: str = ""
    for_: Annotated[str, Field(alias="for")] = ""


class StageSchema(_StageKeys):
    """Front matter of a section of a kit."""

    stage: Name = ""
    title: str


class TalkSchema(_StageKeys):
    """Front matter of a single file; keys of other tools are none of our business."""

    model_config = ConfigDict(extra="ignore")

    stage: Name = ""
    title: str = ""
    subtitle: str = ""
    author: Annotated[str, BeforeValidator(_joined)] = ""
    date: str = ""
    language: str = ""
    lang: str = ""
    theme: str = ""
    occasion: str = ""
    licence: str = ""
    audience: str = ""
    minutes: Number = 0
    start: Clock = "09:00"
    people: Whole = 1
    vars: dict[str, str] = {}


class OverlayStageSchema(_StageKeys):
    """Front matter of an overlay's slides: the keys that it changes of a section."""

    stage: Name = ""
    title: str = ""


class OverlaySchema(_Model):
    """``kit.yaml`` of an overlay: the keys that it changes; sections and demos stay the kit's."""

    title: str = ""
    subtitle: str = ""
    occasion: str = ""
    language: str = ""
    author: str = ""
    licence: str = ""
    certificate: str = ""
    audience: str = ""
    minutes: Number = 0
    start: Clock = "09:00"
    people: Whole = 1
    phases: list[Phase] = []
    blocks: list[Block] = []
    data: dict[str, dict[str, str]] = {}
    vars: dict[str, str] = {}


class OverlaySheetSchema(_Model):
    """Front matter of an overlay's exercises: the keys that it changes of a sheet."""

    stage: Name = ""
    title: str = ""
    aim: str = ""
    toy: str = ""


class SheetSchema(_Model):
    """Front matter of an exercise file."""

    stage: Name
    title: str
    aim: str = ""
    toy: str = ""


class TermSchema(_Model):
    """An entry of ``glossary.yaml``."""

    id: Name
    term: str
    definition: str
    stage: str = ""
    explained: str = ""
    everyday: Literal["yes", "no"] = "no"


class PointSchema(_Model):
    """An entry of ``points.yaml``."""

    id: Name
    text: str
    stage: str = ""


class SourceSchema(_Model):
    """An entry of ``sources.yaml``."""

    key: Annotated[str, Field(pattern=r"^\w[\w:.#$%&+?<>~/-]*$")]
    who: str
    work: str
    version: str = ""
    scope: str = ""
    caveat: str = ""
    verified: str = ""


class AudienceSchema(_Model):
    """A file of ``audiences/``."""

    title: str
    reading_grade: Number = 8
    weights: dict[str, Number] = {}
    subtitle: str = ""
    occasion: str = ""
    certificate: str = ""
    minutes: Lengths = {}
    start: Clock = "09:00"
    people: Whole = 1
    paper: Literal["", "a4", "letter"] = ""
    theme: str = ""
    moments: dict[str, list[MomentKeys]] = {}
    longer: dict[Slot, list[str]] = {}
    blocks: list[Block] = []
    quiz: dict[Slot, list[str]] = {}


def keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the keys that a model knows, as they are written."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def validate(model: type[BaseModel], tree: Tree, report: Report, prefix: Key = ()) -> bool:
    """Check the mapping at ``prefix`` of a tree; every fault is reported at its place.

    Returns:
        Whether it is fine. Keys with an empty value count as left out.
    """
    value = tree.value
    for step in prefix:
        value = value[step]
    if not isinstance(value, dict):
        report.error("this must be keys with values", tree.at(prefix), "write key: value", "schema")
        return False
    try:
        model.model_validate({key: item for key, item in value.items() if item != ""})
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            _report(model, fault, tree, prefix, report)
        return False
    return True


def ignored_keys(tree: Tree, report: Report) -> list[str]:
    """Report slips in the front matter of a single file, and return the keys that mean nothing here."""
    known = keys_of(TalkSchema)
    ignored: list[str] = []
    for key in tree.value if isinstance(tree.value, dict) else ():
        if key in known:
            continue
        if near(key, known):
            report.error(f"there is no key {key!r}", tree.at((key,)), did_you_mean(key, known), "unknown-key")
        else:
            ignored.append(key)
    return ignored


def _report(model: type[BaseModel], fault: Any, tree: Tree, prefix: Key, report: Report) -> None:
    location: Key = (*prefix, *fault["loc"])
    shown = ".".join(str(step) for step in fault["loc"])
    at, given = tree.at(location), fault["input"]
    if fault["type"] == "extra_forbidden":
        inner = next((nested for key, nested in _NESTED.items() if key in location), model)
        names = keys_of(inner)
        report.error(f"there is no key {location[-1]!r}", at, did_you_mean(str(location[-1]), names), "unknown-key")
        return
    told = _FAULTS.get(fault["type"])
    message, hint = told(fault, given) if told else (fault["msg"].lower(), "")
    report.error(f"{shown} {message}", at, hint, "schema")


_NESTED: dict[str, type[BaseModel]] = {"phases": Phase, "blocks": Block, "moments": MomentKeys}


def _short(given: Any) -> str:
    text = str(given)
    return repr(text if len(text) <= 40 else text[:39] + "…")


_Told = Callable[[Any, Any], tuple[str, str]]
_FAULTS: dict[str, _Told] = {
    "value_error": lambda fault, given: (f"is {_short(given)}; it {fault['ctx']['error']}", ""),
    "missing": lambda _, __: ("is missing", "add it"),
    "string_type": lambda _, __: ("must be a text", "write it on one line, or in quotation marks"),
    "list_type": lambda _, __: ("must be a list", "write [first, second] or one line - item each"),
    "dict_type": lambda _, __: ("must be keys with values", "write {key: value}"),
    "model_type": lambda _, __: ("must be keys with values", "write {key: value}"),
    "model_attributes_type": lambda _, __: ("must be keys with values", "write {key: value}"),
    "int_parsing": lambda _, given: (f"is {_short(given)}, not a whole number", "write digits"),
    "int_from_float": lambda _, given: (f"is {_short(given)}, not a whole number", "write digits"),
    "int_type": lambda _, __: ("must be a whole number", "write digits"),
    "float_parsing": lambda _, given: (f"is {_short(given)}, not a number", "write digits, such as 45"),
    "float_type": lambda _, __: ("must be a number", "write digits, such as 45"),
    "finite_number": lambda _, given: (f"is {_short(given)}, not a number", "write digits, such as 45"),
    "greater_than_equal": lambda f, given: (f"is {_short(given)}, less than {f['ctx']['ge']:g}", ""),
    "string_too_long": lambda f, given: (f"has {len(given)} characters; {f['ctx']['max_length']} fit", "shorten it"),
    "too_short": lambda _, __: ("must not be empty", "name at least one"),
    "string_pattern_mismatch": lambda _, given: (
        f"cannot be {_short(given)}",
        "names are letters, digits, - and _; clock times are 09:30",
    ),
}

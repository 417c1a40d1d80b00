"""JSON schemas of a kit's YAML files, for editors that complete and check what is typed."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaWarningKind

from workshop.content.metadata import PANDOC, TALK_KEYS, keys_of
from workshop.model.closed import Closed, described, written
from workshop.model.meta import AudienceMeta, Framework, KitMeta, Point, SheetMeta, Source, StageMeta, StyleMeta, Term

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# name -> the file that it describes, its model, and whether the file is a list of such entries
SCHEMAS: Mapping[str, tuple[str, type[Closed], bool]] = {
    "kit": ("kit.yaml", KitMeta, False),
    "talk": ("the front matter of a single file", KitMeta, False),
    "slides": ("the front matter of a section", StageMeta, False),
    "sheet": ("the front matter of a file of exercises", SheetMeta, False),
    "audience": ("a file of audiences/", AudienceMeta, False),
    "glossary": ("glossary.yaml", Term, True),
    "sources": ("sources.yaml", Source, True),
    "points": ("points.yaml", Point, True),
    "frameworks": ("frameworks.yaml", Framework, True),
    "style": ("the file that style: of kit.yaml names", StyleMeta, False),
}


class _Generator(GenerateJsonSchema):
    """Leaves open what has no schema: the place where an entry begins, which isn't a key."""

    ignored_warning_kinds: set[JsonSchemaWarningKind] = {"non-serializable-default"}  # noqa: RUF012 - as in the class above

    def handle_invalid_for_json_schema(self, schema: Any, error_info: str) -> dict[str, Any]:  # noqa: ARG002
        return {}


def schema_of(name: str) -> dict[str, Any]:
    """Return the JSON schema of a kind of file."""
    what, model, many = SCHEMAS[name]
    made = _described(model)
    if name == "talk":
        section = _described(StageMeta)
        mine = {key: value for key, value in made["properties"].items() if key in TALK_KEYS}
        rest = {key: value for key, value in section["properties"].items() if key not in mine}
        made["properties"] = {**mine, **rest, **dict.fromkeys(PANDOC, made["properties"]["language"])}
        made["additionalProperties"] = True  # other tools' keys are ignored
        made["$defs"] = {**made.get("$defs", {}), **section.get("$defs", {})}
    shared = {"$defs": made.pop("$defs")} if made.get("$defs") else {}
    whole = {"type": "array", "items": made} if many else made
    return {"$schema": DIALECT, "title": what, **whole, **shared}


def printed(name: str) -> str:
    """Return a schema as it is printed and written into a new kit."""
    return json.dumps(schema_of(name), indent=2, ensure_ascii=False) + "\n"


def _described(model: type[Closed]) -> dict[str, Any]:
    """Return a model's schema, with the descriptions of its docstrings, for YAML as people type it."""
    made = TypeAdapter(model).json_schema(by_alias=False, schema_generator=_Generator)
    kinds = {kind.__name__: kind for kind in (model, *_within(model))}
    for kind, part in ((model, made), *((kinds[name], part) for name, part in made.get("$defs", {}).items())):
        said = described(kind)
        part.pop("title", None)
        part["description"] = (kind.__doc__ or "").partition("\n")[0].replace("``", "")
        part["properties"] = {
            key: {"description": said[key].replace("``", "`"), **_typed(part["properties"][name])}
            for key, name in keys_of(kind).items()
        }
        if "required" in part:
            part["required"] = [written(name) for name in part["required"]]
    return made


def _within(model: type[Closed]) -> Iterator[type[Closed]]:
    """Yield the models of a model's fields."""
    for field in model.model_fields.values():
        for kind in _models(field.annotation):
            yield kind
            yield from _within(kind)


def _models(annotation: Any) -> Iterable[type[Closed]]:
    if isinstance(annotation, type) and issubclass(annotation, Closed):
        return (annotation,)
    return (kind for part in getattr(annotation, "__args__", ()) for kind in _models(part))


def _typed(part: Any) -> Any:
    """Return a schema that accepts what YAML makes of a text: a number, or yes and no."""
    if isinstance(part, list):
        return [_typed(item) for item in part]
    if not isinstance(part, dict):
        return part
    if part.get("anyOf", [])[1:] == [{"type": "null"}]:  # a key that may be missing
        return _typed(part["anyOf"][0])
    found = {key: _typed(value) for key, value in part.items() if key not in ("title", "default")}
    if part.get("type") == "boolean":
        del found["type"]
        found["enum"] = [True, False, "yes", "no"]
    elif part.get("type") == "string" and not part.keys() & {"enum", "const"}:
        found["type"] = ["string", "number"]
    if part.get("default") not in (None, "", [], {}, math.inf):
        found["default"] = part["default"]
    return found

"""Values in titles: texts of YAML and front matter that no slide resolves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workshop.errors import At
from workshop.model import source as src
from workshop.plan.scope import Scope

KIT_KEYS = ("title", "subtitle", "occasion", "author", "licence", "date", "certificate")
STAGE_KEYS = ("short", "map", "material")
LISTS = ("phases", "blocks")  # of kit.yaml: entries with a title


def fill_titles(content: src.Content, scope: Scope) -> src.Content:
    """Return content whose titles, subtitles, terms and lists of material have their values filled in.

    What a stage says in whole sentences (its question, aim, objectives …) is filled where it is used.
    """
    fill = scope.fill
    return replace(
        content,
        meta={**_filled(content.meta, KIT_KEYS, content.meta_at, At(""), scope), **_entries(content, scope)},
        stages=tuple(
            replace(
                stage,
                title=fill(stage.title, stage.meta_at.get("title", stage.at)),
                meta=_filled(stage.meta, STAGE_KEYS, stage.meta_at, stage.at, scope),
            )
            for stage in content.stages
        ),
        sheets=tuple(replace(sheet, title=fill(sheet.title, sheet.at)) for sheet in content.sheets),
        glossary=tuple(
            replace(term, term=fill(term.term, term.at), definition=fill(term.definition, term.at))
            for term in content.glossary
        ),
    )


def _filled(
    meta: Mapping[str, Any], keys: tuple[str, ...], places: Mapping[str, At], at: At, scope: Scope
) -> dict[str, Any]:
    return {key: _fill(value, places.get(key, at), scope) if key in keys else value for key, value in meta.items()}


def _fill(value: Any, at: At, scope: Scope) -> Any:
    if isinstance(value, str):
        return scope.fill(value, at)
    return [_fill(part, at, scope) for part in value] if isinstance(value, list) else value


def _entries(content: src.Content, scope: Scope) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key in LISTS:
        at, entries = content.meta_at.get(key, At("")), content.meta.get(key)
        if isinstance(entries, list):
            found[key] = [{**entry, "title": scope.fill(str(entry.get("title", "")), at)} for entry in entries]
    return found

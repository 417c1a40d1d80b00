"""Titles with values: those of a kit and its sections, filled in from its runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from msgspec.structs import replace

from workshop.errors import At
from workshop.model import source as src
from workshop.model.closed import Closed
from workshop.model.meta import KitMeta
from workshop.plan.scope import Scope

# Values in titles and other texts of YAML and front matter that aren't part of a slide's source.
M = TypeVar("M", bound=Closed)
KIT_KEYS = ("title", "subtitle", "occasion", "author", "licence", "date", "certificate")
STAGE_KEYS = ("title", "short", "map", "material")


def fill_titles(content: src.Content, scope: Scope) -> src.Content:
    """Return content whose titles, subtitles, terms and lists of material have their values filled in.

    A stage's sentences (its question, aim, objectives …) are filled in where they are used.
    """
    fill = scope.fill
    return replace(
        content,
        meta=_kit(content, scope),
        stages=tuple(
            replace(
                stage,
                meta=_filled(stage.meta, STAGE_KEYS, stage.meta_at, stage.at, scope),
            )
            for stage in content.stages
        ),
        sheets=tuple(
            replace(sheet, meta=sheet.meta.but(title=fill(sheet.title, sheet.at))) for sheet in content.sheets
        ),
        glossary=tuple(
            term.but(term=fill(term.term, term.at), definition=fill(term.definition, term.at))
            for term in content.glossary
        ),
    )


def _kit(content: src.Content, scope: Scope) -> KitMeta:
    meta, places = _filled(content.meta, KIT_KEYS, content.meta_at, At(""), scope), content.meta_at
    phases, blocks = (places.get(key, At("")) for key in ("phases", "blocks"))
    return meta.but(
        phases=tuple(phase.but(title=scope.fill(phase.title, phases)) for phase in meta.phases),
        blocks=tuple(block.but(title=scope.fill(block.title, blocks)) for block in meta.blocks),
    )


def _filled(meta: M, keys: tuple[str, ...], places: Mapping[str, At], at: At, scope: Scope) -> M:
    filled = {key: _fill(getattr(meta, key), places.get(key, at), scope) for key in keys}
    return meta.but(**filled)


def _fill(value: str | tuple[str, ...], at: At, scope: Scope) -> str | tuple[str, ...]:
    return scope.fill(value, at) if isinstance(value, str) else tuple(scope.fill(part, at) for part in value)

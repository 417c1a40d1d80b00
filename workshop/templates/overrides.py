"""Overrides of the matching, by a user who knows better: ``corp.layouts.yaml`` beside ``corp.pptx``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from workshop import limits
from workshop.errors import At, Report, did_you_mean
from workshop.inputs.door import find_inside, font_fault, read_text
from workshop.inputs.yaml_text import Key, Tree, parse_yaml
from workshop.layouts import all_layouts
from workshop.model.numbers import whole
from workshop.model.theme import Paint
from workshop.templates.matching import Pick
from workshop.templates.user_layouts import Holder, TemplateLayout

# ---------------------------------------------------------------- overrides
SUFFIX = ".layouts.yaml"
KEYS = ("layouts", "colors", "fonts", "footer")
SLOTS = ("bg1", "tx1", "bg2", "tx2", "dk1", "lt1", "dk2", "lt2", *(f"accent{k}" for k in range(1, 7)))
COLORS = ("bg", "ink", "panel", "muted", "context", "accent", "c2", "c3", "c5", "stop", "open", "on_open", "on_accent")
KEEP = "keep"
WEIGHTS = ("regular", "bold")


class Overrides(Struct, frozen=True, kw_only=True):
    """The content of the file.

    Attributes:
        picks: role -> kind of layout -> the layout and its placeholders.
        fonts: (family, bold) -> file.
        footer: words of every footer; ``None`` to keep the template's own.
    """

    picks: Mapping[str, Mapping[str, Pick]] = field(default_factory=dict)
    colors: Mapping[str, Paint] = field(default_factory=dict)
    fonts: Mapping[tuple[str, bool], Path] = field(default_factory=dict)
    footer: str | None = ""


def overrides_path(template: Path) -> Path:
    """Return the path of a template's overrides."""
    return template.with_name(template.stem + SUFFIX)


def read_overrides(template: Path, layouts: Sequence[TemplateLayout], report: Report) -> Overrides:
    """Return the overrides of a template; nothing if there are none."""
    path = overrides_path(template)
    if not path.exists():
        return Overrides()
    try:
        text = read_text(path, limits.THEME_BYTES)
    except OSError as error:
        report.error(f"this file can't be read: {error.strerror}", At(path.as_posix()), "save it as UTF-8", "template")
        return Overrides()
    tree = parse_yaml(text, path.as_posix(), report)
    if tree is None or tree.value == "":
        return Overrides()
    reader = _Reader(tree, layouts, report, path.parent)
    if not reader.known((), KEYS, "key"):
        return Overrides()
    return Overrides(
        picks=reader.layouts_of(tuple(role for role, one in all_layouts().items() if one.composed is not None)),
        colors=reader.colors(),
        fonts=reader.fonts(),
        footer=reader.footer(),
    )


class _Reader(Struct, frozen=True):
    tree: Tree
    layouts: Sequence[TemplateLayout]
    report: Report
    folder: Path

    def value(self, key: Key) -> Any:
        found = self.tree.value
        for step in key:
            found = found.get(step, "") if isinstance(found, dict) else ""
        return found

    def error(self, message: str, key: Key, hint: str = "") -> None:
        self.report.error(message, self.tree.at(key), hint, "template")

    def known(self, key: Key, names: Sequence[str], what: str) -> bool:
        """Whether a value is a mapping; unknown keys are reported."""
        value = self.value(key)
        if value == "":
            return False
        if not isinstance(value, dict):
            self.error("this must be keys with values", key, f"there are: {', '.join(names[:8])}")
            return False
        for name in value:
            if name not in names:
                self.error(f"there is no {what} '{name}'", (*key, name), did_you_mean(name, names))
        return True

    # ------------------------------------------------------------ layouts
    def layouts_of(self, roles: Sequence[str]) -> dict[str, dict[str, Pick]]:
        found: dict[str, dict[str, Pick]] = {}
        if not self.known(("layouts",), roles, "layout of the deck named"):
            return found
        for role in self.value(("layouts",)):
            if role in roles:
                pick = self.pick(role)
                if pick is not None:
                    found[role] = pick
        return found

    def pick(self, role: str) -> dict[str, Pick] | None:
        """Return the layout that the file gives to a role, under every kind that the role may be based on."""
        key: Key = ("layouts", role)
        given = self.value(key)
        wanted = given if isinstance(given, str) else self.value((*key, "layout"))
        kind, names = all_layouts()[role].made_on
        if isinstance(given, dict) and not self.known(key, ("layout", *names), "place"):
            return None
        layout = self.layout(wanted, (*key, "layout") if isinstance(given, dict) else key)
        if layout is None:
            return None
        if layout.title is None:
            self.error(f"the layout '{layout.name}' has no title", key, "take one with a title placeholder")
            return None
        slots: dict[str, Holder] = {"title": layout.title}
        for ours, theirs in names.items():
            if isinstance(given, dict) and ours in given:
                holder = self.holder(layout, str(given[ours]), (*key, ours))
                if holder is not None:
                    slots[theirs] = holder
        return _picks(kind, layout, slots, f"as given in {overrides_path(Path('x')).name[1:]}")

    def layout(self, wanted: Any, key: Key) -> TemplateLayout | None:
        """Return a layout by its name or number."""
        name = str(wanted).strip()
        number = whole(name, 1, len(self.layouts))
        if number is not None:
            return self.layouts[number - 1]
        same = [layout for layout in self.layouts if layout.name == name]
        if same:
            return same[0]
        names = [layout.name for layout in self.layouts]
        many = f"; or a number from 1 to {len(names)}"
        self.error(f"the template has no layout '{name}'", key, did_you_mean(name, names) + many)
        return None

    def holder(self, layout: TemplateLayout, wanted: str, key: Key) -> Holder | None:
        """Return a placeholder of a layout by its idx."""
        found = next((h for h in layout.holders if str(h.idx) == wanted.strip()), None)
        if found is None:
            there = ", ".join(f"{h.idx} ({h.name})" for h in layout.contents) or "none but the title"
            self.error(f"'{layout.name}' has no placeholder with idx {wanted}", key, f"there are: {there}")
        return found

    def footer(self) -> str | None:
        """Return the words of footers, or ``None`` for "keep"."""
        value = self.value(("footer",))
        if not isinstance(value, str):
            self.error("this must be 'keep' or the words of the footer", ("footer",), "write footer: keep")
            return ""
        return None if value.strip() == KEEP else value.strip()

    # ------------------------------------------------------------ colours and fonts
    def colors(self) -> dict[str, Paint]:
        found: dict[str, Paint] = {}
        if not self.known(("colors",), COLORS, "colour role"):
            return found
        for role, value in self.value(("colors",)).items():
            text = str(value).lstrip("#")
            if text in SLOTS:
                found[role] = Paint(text)
            elif re.fullmatch(r"[0-9A-Fa-f]{6}", text):
                found[role] = Paint(text.upper())
            else:
                self.error(
                    f"'{value}' isn't a colour", ("colors", role), f"{did_you_mean(text, SLOTS)} or six hex digits"
                )
        return found

    def fonts(self) -> dict[tuple[str, bool], Path]:
        found: dict[tuple[str, bool], Path] = {}
        families = self.value(("fonts",))
        if families == "":
            return found
        if not isinstance(families, dict):
            self.error("this must be keys with values", ("fonts",), "write Family: {regular: file.ttf, bold: file.ttf}")
            return found
        for family, given in families.items():
            files = given if isinstance(given, dict) else {"regular": given}
            if isinstance(given, dict) and not self.known(("fonts", family), WEIGHTS, "weight"):
                continue
            for weight, name in files.items():
                path = find_inside(str(name), (self.folder,), self.folder, "the template's folder")
                if not isinstance(path, Path):
                    self.error(path[0], ("fonts", family), path[1])
                elif fault := font_fault(path):
                    self.error(f"'{name}' can't be measured with: {fault}", ("fonts", family))
                elif weight in WEIGHTS:
                    found[family, weight == "bold"] = path
        return found


def _picks(kind: str, layout: TemplateLayout, slots: dict[str, Holder], why: str) -> dict[str, Pick]:
    """Return a pick for the kind; places that the file doesn't give are filled in from the left and from the top."""
    free = [h for h in layout.contents if h not in slots.values()]
    large = sorted(free, key=lambda h: -h.area)
    if kind == "two":
        heads = [h for h in free if h.box.h * 3 < max(x.box.h for x in layout.contents)]
        bodies = sorted((h for h in free if h not in heads), key=lambda h: h.box.x)
        for name in ("left", "right"):
            if name not in slots and bodies:
                slots[name] = bodies.pop(0)
        for name, head in zip(("left-heading", "right-heading"), sorted(heads, key=lambda h: h.box.x), strict=False):
            slots.setdefault(name, head)
        pick = Pick(layout, slots, why)
        headed = {"left-heading", "right-heading", "left", "right"} <= set(slots)
        return {"two": pick, "comparison": pick} if headed else {"two": pick}
    if kind in ("content", "section") and "main" not in slots and large:
        slots["main"] = large[0]
    if kind == "cover" and "subtitle" not in slots and large:
        slots["subtitle"] = next((h for h in free if h.type == "subTitle"), large[0])
    found = {kind: Pick(layout, slots, why)}
    if kind == "content":
        found |= {"chart": found[kind], "table": found[kind], "picture": found[kind]}
    return found

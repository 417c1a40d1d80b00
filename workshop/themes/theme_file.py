"""Theme files: colours, typefaces, sizes and a logo for the layouts of Beds, checked when they are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from workshop import limits
from workshop.errors import ExitCode, Problem, Report, WorkshopError, did_you_mean
from workshop.files.color_arithmetic import contrast, luminance, stepped
from workshop.inputs.door import find_inside, font_fault, read_text
from workshop.inputs.yaml_text import Key, Tree, parse_yaml
from workshop.layouts import parts
from workshop.model.numbers import decimal
from workshop.model.theme import FIELDS_ON_DARK, LayoutSpec, Paint, Theme
from workshop.templates.brand import is_dark
from workshop.templates.look import CAPITALS, faces
from workshop.themes.beds import dark, light
from workshop.themes.logo import read_logo, with_logo

BASES = {"light": light, "dark": dark}
KEYS = ("name", "base", "colors", "font", "mono", "fonts", "sizes", "logo")
LOGO_KEYS = ("file", "place", "alt")
WEIGHTS = ("regular", "bold")
PLACES = ("bottom right", "top right")
# (text or mark, what is behind it, smallest ratio of WCAG 2.2 AA)
PAIRS = (
    ("ink", "bg", 4.5),
    ("muted", "bg", 4.5),
    ("stop", "bg", 4.5),
    ("ink", "panel", 4.5),
    ("muted", "panel", 4.5),
    ("c2", "bg", 3.0),
    ("c3", "bg", 3.0),
    ("c5", "bg", 3.0),
)
TEXT = 4.5  # contrast of text
SEEN = 1.8  # contrast of an accent that fills areas; text in it is darkened
STEPS = {
    "title": parts.TITLE,
    "lead": parts.LEAD,
    "body": parts.BODY,
    "cells": parts.CELLS,
    "code": parts.CODE_SIZES,
    "head": parts.HEAD,
}
FLOORS = {"title": 28.0, "head": 28.0}
FLOOR = 18.0


def contrast_theme() -> Theme:
    """Return the theme for bright rooms and tired eyes: all text has a contrast of 7:1 or more."""
    return _built_in("contrast")


def contrast_dark() -> Theme:
    """Return the theme for dark rooms and tired eyes: all text 7:1 and more."""
    return _built_in("contrast-dark")


def plain() -> Theme:
    """Return the theme in greys and one blue."""
    return _built_in("plain")


def _bright(colors: Mapping[str, str]) -> tuple[dict[str, Paint], str]:
    """Return the paints of a light theme with a bright accent, and the colour of links.

    Areas keep the accent itself, with dark or light text on them, whichever can be read better; text in the accent gets
    the lightest step of it that can be read on the background and on panels.
    """
    grounds = (colors["bg"], colors["panel"])
    steps = ((("lumMod", 1000 * k),) for k in range(95, 0, -5))
    dim = next(s for s in steps if all(contrast(stepped(colors["accent"], s), ground) >= TEXT for ground in grounds))
    ink_reads = contrast(colors["ink"], colors["accent"]) > contrast(colors["bg"], colors["accent"])
    on, soft = ("dk1", 45_000) if ink_reads else ("lt1", 40_000)
    paints = {
        "accent": Paint("accent1", dim),
        "accent/area": Paint("accent1"),
        "on_accent": Paint(on),
        "on_field": Paint(on),
        "block": Paint("accent1"),  # its text is the same as on fields
        "field_soft": Paint(on, (("alpha", soft),)),
    }
    return paints, stepped(colors["accent"], dim)


def _built_in(name: str) -> Theme:
    path = Path(str(files("workshop.themes") / f"{name}.yaml"))
    return read_theme(path)[0]


def read_theme(path: Path, root: Path | None = None) -> tuple[Theme, tuple[Problem, ...]]:
    """Return the theme that a YAML file describes, and advice about it.

    Args:
        path: the file.
        root: folder that must contain its logo and font files; if ``None``, the file's own folder.

    Raises:
        WorkshopError: for a file that can't be read, or with all mistakes in it, each with its line.
    """
    try:
        text = read_text(path, limits.THEME_BYTES)
    except OSError as error:
        problem = Problem(f"the theme {path.as_posix()} cannot be read: {error.strerror}", code="theme")
        raise WorkshopError(problem, ExitCode.USAGE) from error
    report = Report()
    tree = parse_yaml(text, path.as_posix(), report)
    report.raise_if_errors()
    assert tree is not None
    theme = _Reader(
        tree=tree,
        report=report,
        path=path,
        root=root or path.parent,
        whose="the kit" if root else "the theme's folder",
    ).theme()
    report.raise_if_errors()
    return theme, tuple(report.found)


class _Reader(Struct, frozen=True, kw_only=True):
    tree: Tree
    report: Report
    path: Path
    root: Path
    whose: str

    def value(self, *key: str) -> Any:
        found = self.tree.value
        for step in key:
            found = found.get(step, "") if isinstance(found, dict) else ""
        return found

    def error(self, message: str, key: Key, hint: str = "") -> None:
        self.report.error(message, self.tree.at(key), hint, "theme")

    def mapping(self, key: tuple[str, ...], names: tuple[str, ...], what: str) -> dict[str, Any]:
        """Return the known entries of a mapping; the others are reported."""
        given = self.value(*key)
        if given == "":
            return {}
        if not isinstance(given, dict):
            self.error("this must be keys with values", key, f"there are: {', '.join(names)}")
            return {}
        for name in given:
            if name not in names:
                self.error(f"there is no {what} '{name}'", (*key, name), did_you_mean(name, names))
        return {name: value for name, value in given.items() if name in names}

    def theme(self) -> Theme:
        self.mapping((), KEYS, "key")
        base = str(self.value("base") or "light")
        if base not in BASES:
            self.error(f"there is no base '{base}'", ("base",), did_you_mean(base, BASES))
            base = "light"
        own = BASES[base]()
        colors = self.colors(own)
        bright = not is_dark(colors["bg"]) and contrast(colors["accent"], colors["bg"]) < TEXT
        paints, link = _bright(colors) if bright else ({}, "")
        theme = replace(
            own,
            paints=paints,
            name=str(self.value("name") or self.path.stem),
            dark=is_dark(colors["bg"]),
            colors={**colors, "link": link} if link else colors,
            mono=str(self.value("mono") or own.mono),
            layouts=self.layouts(own),
        )
        return self.with_logo(self.with_faces(theme))

    # ------------------------------------------------------------ colours
    def colors(self, own: Theme) -> dict[str, str]:
        found = dict(own.colors)
        given = self.mapping(("colors",), tuple(found), "colour role")
        for role, value in given.items():
            digits = str(value).lstrip("#")
            if re.fullmatch(r"[0-9A-Fa-f]{6}", digits):
                found[role] = digits.upper()
            else:
                self.error(f"'{value}' isn't a colour", ("colors", role), 'six hex digits, quoted: "0B5144"')
        self.check_contrast(found, given)
        return found

    def check_contrast(self, colors: Mapping[str, str], given: Mapping[str, Any]) -> None:
        """Report each pair of text and background with too little contrast, at the line of the colour that the file gives."""
        dark_one, light_one = sorted((colors["bg"], colors["ink"]), key=luminance)
        for over, under, least in PAIRS:
            self.pair(colors[over], colors[under], least, f"{over} on {under}", (over, under), given)
        on_accent = max((colors["bg"], colors["ink"]), key=lambda text: contrast(text, colors["accent"]))
        self.pair(colors["accent"], on_accent, TEXT, "text on accent", ("accent", "bg"), given)
        self.pair(colors["accent"], colors["bg"], SEEN, "accent on bg", ("accent", "bg"), given)
        if is_dark(colors["bg"]):
            field = stepped(colors["accent"], FIELDS_ON_DARK["field"].steps)
            self.pair(light_one, field, 4.5, "text on a field in the accent's shade", ("accent", "ink"), given)
        self.pair(colors["open"], dark_one, 4.5, "text on open", ("open", "ink"), given)
        if contrast(dark_one, light_one) < 7:
            self.error("ink and bg are too close", ("colors", "ink"), "they need a contrast of at least 7:1")

    def pair(
        self, over: str, under: str, least: float, what: str, roles: tuple[str, str], given: Mapping[str, Any]
    ) -> None:
        """Report two colours that are too close, at the first of their roles that the file gives."""
        ratio = contrast(over, under)
        if ratio >= least:
            return
        first = roles[0] in given or roles[1] not in given
        own, other = (over, under) if first else (under, over)
        way = "darker" if luminance(own) < luminance(other) else "lighter"
        key = ("colors", roles[0] if first else roles[1])
        self.error(f"{what} has a contrast of {ratio:.1f}:1; {least:g}:1 is needed", key, f"make it {way}")

    # ------------------------------------------------------------ sizes
    def layouts(self, own: Theme) -> Mapping[str, LayoutSpec]:
        given = self.mapping(("sizes",), tuple(STEPS), "size")
        steps = {STEPS[name]: self.steps(name, value) for name, value in given.items()}
        changed: dict[tuple[float, ...], tuple[float, ...]] = {old: new for old, new in steps.items() if new}
        for old, new in list(changed.items()):  # a layout may begin a step higher
            changed |= {(size, *old): new for size in (32, 28)}
        return {
            role: replace(
                spec,
                placeholders=tuple(replace(p, sizes=changed.get(p.sizes, p.sizes)) for p in spec.placeholders),
            )
            for role, spec in own.layouts.items()
        }

    def steps(self, name: str, value: Any) -> tuple[float, ...]:
        texts = value if isinstance(value, list) else [value]
        key, floor = ("sizes", name), FLOORS.get(name, FLOOR)
        found = [decimal(str(text)) for text in texts]
        sizes = tuple(size for size in found if size is not None)
        if len(sizes) < len(found) or not sizes:
            self.error(f"'{value}' isn't a size", key, "write points, the preferred size first: [28, 26, 24]")
            return ()
        if min(sizes) < floor or max(sizes) > 120 or list(sizes) != sorted(sizes, reverse=True):
            self.error(
                f"sizes of {name} must go down from the preferred one, and not below {floor:g} pt",
                key,
                "write [28, 26, 24]",
            )
            return ()
        return sizes

    # ------------------------------------------------------------ typefaces
    def with_faces(self, theme: Theme) -> Theme:
        family = str(self.value("font") or theme.font)
        given = self.files()
        if (family, False) in theme.measure_fonts and not given:
            return theme
        measured = faces((family,), given)
        if not any(name.lower() == family.lower() for name, _ in given):
            self.report.advise(
                f"{family} is measured with Arimo, with room to spare",
                self.tree.at(("font",)),
                f"fonts: {{{family}: {{regular: file.ttf, bold: file.ttf}}}} measures it exactly",
                "font",
            )
        line = measured.line(family, 100) / 100
        layouts = {
            role: replace(spec, placeholders=tuple(replace(p, line=round(p.line * line)) for p in spec.placeholders))
            for role, spec in theme.layouts.items()
        }
        files_ = {key: path for key, path in measured.files.items() if not key[0].endswith(CAPITALS)}
        scale = {family: measured.scale[family]}
        return replace(theme, font=family, measure_fonts=files_, measure_scale=scale, layouts=layouts)

    def files(self) -> dict[tuple[str, bool], Path]:
        found: dict[tuple[str, bool], Path] = {}
        families = self.value("fonts")
        if families == "":
            return found
        if not isinstance(families, dict):
            self.error("this must be keys with values", ("fonts",), "write Family: {regular: file.ttf, bold: file.ttf}")
            return found
        for family in families:
            for weight, name in self.mapping(("fonts", family), WEIGHTS, "weight").items():
                path = self.named(str(name), ("fonts", family, weight))
                if path is None:
                    continue
                if fault := font_fault(path):
                    self.error(f"'{name}' can't be measured with: {fault}", ("fonts", family, weight))
                else:
                    found[family, weight == "bold"] = path
        return found

    def named(self, name: str, key: Key) -> Path | None:
        """Return a file that the theme names, or ``None`` after reporting why not."""
        path = find_inside(name, (self.path.parent,), self.root, self.whose)
        if isinstance(path, Path):
            return path
        self.error(path[0], key, path[1])
        return None

    # ------------------------------------------------------------ logo
    def with_logo(self, theme: Theme) -> Theme:
        given = self.value("logo")
        if given == "":
            return theme
        if isinstance(given, str):
            name, place, alt = given, PLACES[0], ""
        else:
            known = self.mapping(("logo",), LOGO_KEYS, "key")
            name, place = str(known.get("file", "")), str(known.get("place", PLACES[0])).replace("-", " ")
            alt = str(known.get("alt", ""))
        key: Key = ("logo", "file")
        if place not in PLACES:
            self.error(f"there is no place '{place}'", ("logo", "place"), did_you_mean(place, PLACES))
            return theme
        path = self.named(name, key) if name else None
        if path is None:
            return theme
        try:
            size = read_logo(path)
        except WorkshopError as error:
            for problem in error.problems:
                self.error(problem.message, key, problem.hint)
            return theme
        return with_logo(theme, path, size, top=place != PLACES[0], alt=alt)

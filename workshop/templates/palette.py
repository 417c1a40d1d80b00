"""Our colour roles as colours of a template: its own slots, each at the nearest step with enough contrast."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from workshop.files.color_arithmetic import apart, contrast, hue, luminance
from workshop.files.presentation_colors import Scheme
from workshop.model.theme import Box, Paint
from workshop.templates.user_layouts import TemplateLayout

TEXT, MARK = 4.5, 3.0  # WCAG 2.2 AA: text; large text and parts of charts
ACCENTS = tuple(f"accent{k}" for k in range(1, 7))
# PowerPoint's steps: darker by a quarter or a half; lighter by 40, 60 or 80 percent
DARKER = ((), (("lumMod", 75_000),), (("lumMod", 50_000),))
LIGHTER = ((), *((("lumMod", m * 1000), ("lumOff", (100 - m) * 1000)) for m in (60, 40, 20)))
GREYER = tuple((("lumMod", m * 1000), ("lumOff", (100 - m) * 1000)) for m in (65, 75, 85))
DIMMER = tuple((("lumMod", m * 1000),) for m in (65, 75, 85))
WARM, RED = (18.0, 62.0), (345.0, 15.0)  # hues in degrees
COLOURFUL = 0.2  # saturation from which a colour isn't a grey
AREA, IN_CHARTS = (
    "/area",
    "/chart",
)  # suffixes of a role's colour for all areas, or those of charts, which need less contrast than text
SEEN = 1.8  # contrast of an area with its background
TOLD_APART = 20.0  # least ΔE between two series


def is_dark(color: str) -> bool:
    """Whether light text is easier to read on a colour."""
    return luminance(color) < 0.18


def ground_of(layout: TemplateLayout, area: Box) -> Paint:
    """Return the background of an area as a slot if it is one; behind a picture or gradient, the slot most like it."""
    found = layout.backdrop.ground(area)
    slots = [Paint(slot) for slot in ("bg1", "tx1", "bg2", "tx2", *ACCENTS)]
    same = next((paint for paint in slots if layout.scheme.hex(paint) == found), None)
    if same is not None or layout.backdrop.is_even(area):
        return same or Paint(found)
    return min(slots[:4], key=lambda paint: apart(layout.scheme.hex(paint), found))


def palette(layout: TemplateLayout, area: Box, given: Mapping[str, Paint] | None = None) -> dict[str, Paint]:
    """Return a paint for each colour role, for an area of a layout.

    Args:
        given: roles that the user decided; the others are derived.
    """
    scheme, own = layout.scheme, dict(given or {})
    ground = own.get("bg", ground_of(layout, area))
    known = "bg" in own or not layout.backdrop.is_calm(area)  # on a picture, what can't be read gets that ground
    back = scheme.hex(ground) if known else layout.backdrop.ground(area)
    text = [h.look.paint for h in layout.contents] + [Paint(slot) for slot in ("tx1", "bg1", "tx2", "bg2")]
    ink = own.get("ink") or _best(scheme, text, back, 7.0) or _strongest(scheme, text, back)
    panel = own.get("panel") or _panel(scheme, ground, ink)
    dark = is_dark(back)
    found = {"bg": ground, "ink": ink, "panel": panel}
    greys = _greys(scheme, ground, ink)
    found["muted"] = _best(scheme, greys[1:], back, TEXT, scheme.hex(panel)) or ink
    found["context"] = _best(scheme, greys, back, MARK) or found["muted"]
    found |= _series(scheme, back, own)
    found["stop"] = own.get("stop") or _stop(scheme, back, found)
    found["open"] = own.get("open") or _open(scheme, found["accent"], found["stop"])
    links = (Paint("hlink"), *(Paint(slot) for slot in ACCENTS))
    found["link"] = _best(scheme, links, back, TEXT, scheme.hex(panel)) or ink
    sides = [Paint(slot) for slot in ("tx1", "bg1", "dk1", "lt1")]
    found["on_open"] = _strongest(scheme, sides, scheme.hex(own.get("open", found["open"])))
    found |= _areas(scheme, found["accent"], back, own)
    found["on_accent"] = _strongest(scheme, sides, scheme.hex(found["field"]))
    found |= {"on_field": found["on_accent"], "block": ink}
    found["field_soft"] = Paint(found["on_field"].slot, (("alpha", 40_000),))
    found["open_soft"] = Paint(found["on_open"].slot, (("alpha", 45_000),))
    tints = [Paint(found["open"].slot, steps) for steps in (DARKER if dark else tuple(reversed(LIGHTER)))]
    found["mark"] = _best(scheme, tints, scheme.hex(ink), 7.0) or panel
    for role in ("accent", "stop"):
        found[f"{role}_soft"] = Paint(found[role].slot, (*found[role].steps, ("alpha", 12_000)))
    found["rule"], found["faint"] = Paint(ink.slot, (("alpha", 25_000),)), Paint(ink.slot, (("alpha", 14_000),))
    return found | own


def _areas(scheme: Scheme, accent: Paint, back: str, own: Mapping[str, Paint]) -> dict[str, Paint]:
    """Return the paints of areas in the accent: a bright brand colour fills them as it is, and text on it is chosen for it.

    Charts have the brand's colour if it is dark enough for marks; other areas have a shade that white can be read on.
    """
    brand = own.get("accent", Paint(accent.slot))
    ratio = contrast(scheme.hex(brand), back)
    if ratio >= MARK:
        return {"field": accent, "accent" + IN_CHARTS: brand}
    return {"field": brand, "accent" + AREA: brand} if ratio >= SEEN else {"field": accent}


def hexes(scheme: Scheme, paints: Mapping[str, Paint]) -> dict[str, str]:
    """Return the six hex digits of each role."""
    return {role: scheme.hex(paint) for role, paint in paints.items()}


def _best(scheme: Scheme, paints: Iterable[Paint], ground: str, least: float, other: str | None = None) -> Paint | None:
    """Return the first paint that can be read on a background, and on another one."""
    grounds = (ground,) if other is None else (ground, other)
    for paint in paints:
        if all(contrast(scheme.hex(paint), back) >= least for back in grounds):
            return paint
    return None


def _strongest(scheme: Scheme, paints: Sequence[Paint], ground: str) -> Paint:
    return max(paints, key=lambda paint: contrast(scheme.hex(paint), ground))


def _panel(scheme: Scheme, ground: Paint, ink: Paint) -> Paint:
    """Return a quiet background for boxes: the template's second background, else a step away from the first."""
    back, text = scheme.hex(ground), scheme.hex(ink)
    second = scheme.hex(Paint("bg2"))
    if contrast(second, text) >= 7.0 and 1.04 < contrast(second, back) < 1.7:
        return Paint("bg2")
    step = (("lumMod", 85_000), ("lumOff", 15_000)) if is_dark(back) else (("lumMod", 95_000),)
    return Paint(ground.slot, step)


def _greys(scheme: Scheme, ground: Paint, ink: Paint) -> list[Paint]:
    """Return greys, the quietest first: steps of the text's colour, or of the background if those would be colourful."""
    if is_dark(scheme.hex(ground)):
        return [Paint(ink.slot, steps) for steps in ((("lumMod", 60_000),), *DIMMER)]
    greys = [Paint(ink.slot, steps) for steps in ((("lumMod", 50_000), ("lumOff", 50_000)), *GREYER)]
    if hue(scheme.hex(greys[0]))[1] > COLOURFUL and not ground.steps:
        greys = [Paint(ground.slot, (("lumMod", m * 1000),)) for m in (50, 40, 35, 25)]
    return greys


def _steps(ground: str) -> Sequence[tuple[tuple[str, int], ...]]:
    return LIGHTER if is_dark(ground) else DARKER


def _at_step(scheme: Scheme, slot: str, ground: str, least: float) -> Paint:
    """Return an accent at the nearest step that can be read."""
    paints = [Paint(slot, steps) for steps in _steps(ground)]
    return _best(scheme, paints, ground, least) or _strongest(scheme, paints, ground)


def _series(scheme: Scheme, ground: str, own: Mapping[str, Paint]) -> dict[str, Paint]:
    """Return the accent and three more colours for series, each distinct from those before it."""
    colourful = [slot for slot in ACCENTS if hue(scheme.hex(Paint(slot)))[1] >= 0.2] or list(ACCENTS)
    found = {"accent": own.get("accent") or _at_step(scheme, colourful[0], ground, TEXT)}
    for role in ("c2", "c3", "c5"):
        taken = [scheme.hex(paint) for paint in found.values()]
        options = [Paint(slot, steps) for steps in _steps(ground) for slot in (*colourful, *ACCENTS)]
        readable = [paint for paint in options if contrast(scheme.hex(paint), ground) >= MARK]
        fresh = [p for p in readable if min(apart(scheme.hex(p), color) for color in taken) >= TOLD_APART]
        found[role] = own.get(role) or next(iter(fresh or readable or options))
    return found


def _stop(scheme: Scheme, ground: str, found: Mapping[str, Paint]) -> Paint:
    """Return the colour for blocked or wrong (which always has a word beside it): a red if there is one, else the most different colour."""
    for slot in ACCENTS:
        angle, strength = hue(scheme.hex(Paint(slot)))
        if strength >= 0.5 and (angle >= RED[0] or angle <= RED[1]):
            return _at_step(scheme, slot, ground, TEXT)
    accent = scheme.hex(found["accent"])
    options = [_at_step(scheme, slot, ground, TEXT) for slot in ACCENTS]
    readable = [paint for paint in options if contrast(scheme.hex(paint), ground) >= TEXT] or options
    return max(readable, key=lambda paint: apart(scheme.hex(paint), accent))


def _open(scheme: Scheme, accent: Paint, stop: Paint) -> Paint:
    """Return the fill for what is open: a warm accent, else one that differs from known and wrong, else a tint."""
    own = scheme.hex(accent)
    free = [slot for slot in ACCENTS if slot not in (accent.slot, stop.slot)]
    for slot in free:
        angle, strength = hue(scheme.hex(Paint(slot)))
        if WARM[0] <= angle <= WARM[1] and strength >= 0.5:
            return Paint(slot)
    for slot in free:
        color = scheme.hex(Paint(slot))
        if hue(color)[1] >= 0.3 and apart(color, own) >= 40:
            return Paint(slot)
    return Paint(accent.slot, LIGHTER[3])

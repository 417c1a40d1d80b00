"""A theme as data: tokens and the geometry of its layouts. Lengths are in English Metric Units (914,400 per inch)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field

from workshop.errors import Problem

EMU_PER_INCH = 914_400
EMU_PER_POINT = 12_700


def inches(value: float) -> int:
    """Return a length in EMU."""
    return round(value * EMU_PER_INCH)


class Box(Struct, frozen=True):
    """A rectangle in EMU, from the slide's top left corner."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        """x of the right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> int:
        """y of the lower edge."""
        return self.y + self.h

    def overlaps(self, other: Box, slack: int = 0) -> bool:
        """Whether both share area beyond ``slack`` on each side."""
        return (
            self.x + slack < other.right
            and other.x + slack < self.right
            and self.y + slack < other.bottom
            and other.y + slack < self.bottom
        )


class Home(Struct, frozen=True, kw_only=True):
    """The properties that a placeholder of a user's template already has; a slide writes only what differs."""

    box: Box
    size: float
    bold: bool = False
    color: str = "ink"
    anchor: str = "t"
    align: str = "l"
    bullet: str = ""
    rtl: bool = False


class Placeholder(Struct, frozen=True, kw_only=True):
    """A placeholder of a layout, or a place for a text box or a frame if the layout has no placeholder.

    Attributes:
        idx: ``p:ph`` idx; 0 title, 1 main, 2 second, 11 footer, 12 number, 13 measure, 14 source, 15+ our own; -1 if
            there is no placeholder, so that a slide gets a text box or a free frame.
        type: "title", "ctrTitle", "subTitle", "body", "obj", "chart", "tbl", "pic".
        role: slot name that ``plan`` fills: "title", "main", "second", "measure", "source", "mode", "minutes" …
        sizes: point sizes of level one, from the preferred one down to the smallest allowed before a split.
        color: colour role; ``fill`` likewise or "".
        bullet: "", "block", "number".
        line: line pitch in percent of 1.2 x size; ``before`` points before each paragraph but the first.
        track: thousandths of the size between letters.
        inset: EMU on the left and right; ``inset_y`` above and below.
        home: of a placeholder of a template, else ``None``.
        indents: left margin in EMU of each level of a list, if it isn't ours.
        family: typeface that the text is measured in; "" for the theme's.
        same: what it is the same as on another slide, which may turn into this one; "" if it is nothing there.
        fence: of a table, x of the line that its last column begins at, on a field of its own; 0 without one.
    """

    idx: int
    type: str
    name: str
    role: str
    box: Box
    sizes: tuple[float, ...]
    color: str = "ink"
    bold: bool = False
    anchor: str = "t"
    align: str = "l"
    bullet: str = ""
    number_from: int = 1
    line: int = 100
    before: float = 0
    track: int = 0
    fill: str = ""
    inset: int = 0
    strike: bool = False
    mono: bool = False
    inset_y: int = 0
    home: Home | None = None
    indents: tuple[int, ...] = ()
    family: str = ""
    fence: int = 0
    same: str = ""

    @property
    def height(self) -> int:
        """The height that text can use in the box, in EMU."""
        return self.box.h - 2 * self.inset_y


class Decor(Struct, frozen=True):
    """A decorative shape of a layout: "rect" filled with a colour role, or a "line" or "dash" of ``weight`` points."""

    kind: str
    box: Box
    color: str
    weight: float = 0


class PicturePlace(Struct, frozen=True):
    """Where a layout has the picture of its slide's stage, and the colour role of the ground that it is on."""

    box: Box
    ground: str


class LayoutSpec(Struct, frozen=True, kw_only=True):
    """One layout: ``role`` is what ``plan`` calls it, ``name`` what PowerPoint shows.

    Attributes:
        decor: shapes drawn on the layout, or on the slide if the layout is a template's, since that isn't changed.
        area: where diagrams and the map are drawn; ``None`` for our own grid.
        joins: (place, slots that it shows, in this order), for slots without their own place.
        part: part name of the template's layout, "" for a layout of our own.
        foot: (kind, idx, text) of a template's footer and slide number.
        picture: where the picture of the stage, or of the kit, is.
        pictures: where the drawings on tiles, or beside figures, are.
        code: where a QR code is, with its blank margin.
        letters: where the letters of a bet are on the slide that answers it.
        scene: whether a diagram is drawn as a scene in the area, or the words of columns in their places.
        timer: where the bar for the time that is left is; ``None`` for right above the minutes.
    """

    role: str
    name: str
    type: str
    placeholders: tuple[Placeholder, ...]
    decor: tuple[Decor, ...] = ()
    rail: bool = True
    area: Box | None = None
    joins: tuple[tuple[str, tuple[str, ...]], ...] = ()
    part: str = ""
    foot: tuple[tuple[str, int, str], ...] = ()
    picture: PicturePlace | None = None
    pictures: tuple[PicturePlace, ...] = ()
    code: Box | None = None
    letters: tuple[Box, ...] = ()
    scene: bool = False
    timer: Box | None = None

    def find(self, role: str) -> Placeholder | None:
        """Return the placeholder of a role, or ``None``."""
        return next((p for p in self.placeholders if p.role == role), None)


class Paint(Struct, frozen=True):
    """A colour of a template: a slot of its theme, changed by steps such as ("lumMod", 75000); or six hex digits."""

    slot: str
    steps: tuple[tuple[str, int], ...] = ()


GIVEN = (
    "bg",
    "ink",
    "muted",
    "panel",
    "accent",
    "c2",
    "c3",
    "stop",
    "c5",
    "open",
)  # the roles that a theme has a colour for
# On a dark ground accent and ink are as light as text: areas that are read white on are a deep shade of them
# Tints follow the theme: role -> the role whose colour they have, and their opacity in percent
TINT = {
    "rule": ("ink", 20),
    "faint": ("ink", 12),
    "context": ("muted", 64),
    "field_soft": ("on_field", 40),
    "open_soft": ("on_open", 45),
    "accent_soft": ("accent", 12),
    "stop_soft": ("stop", 12),
    "shade": ("on_open", 72),
}
ROLES = (*GIVEN, "field", "block", "on_field", "on_open", *TINT)  # all colour roles
FIELDS_ON_DARK: Mapping[str, Paint] = {
    "field": Paint("accent1", (("lumMod", 28_000),)),
    "block": Paint("lt1", (("alpha", 18_000),)),
}


class Logo(Struct, frozen=True):
    """A picture in the corner of slides; without ``alt`` it is decoration."""

    path: Path
    box: Box
    alt: str = ""


class Template(Struct, frozen=True, kw_only=True):
    """A user's .pptx that the deck is written into.

    Attributes:
        package: its bytes, checked; a .potx has the content type of a presentation.
        paints: colour role -> colour of the template's theme.
        variants: role -> layouts that can hold it, the simplest first; a slide takes the first one that has a place
        for everything on it, and in which it fits.
        dressed: our own layouts in its colours, typeface, edges and cover, for whatever doesn't fit its layouts.
        footer: what every footer says; "" for the name of the stage, or else the kit's title; ``None`` for the template's own words.
        face: typeface of its texts, if it differs from that of its theme, which text boxes would have; else "".
        told: what the build says about the template if slides are on its layouts.
    """

    package: bytes
    paints: Mapping[str, Paint]
    variants: Mapping[str, tuple[LayoutSpec, ...]]
    dressed: Theme | None = None
    footer: str | None = ""
    face: str = ""
    told: tuple[Problem, ...] = ()


class Foot(Struct, frozen=True, kw_only=True):
    """Where the rail with its marks and the number of a slide are.

    Attributes:
        left, width, top: of the rail; the name of the stage is under its mark.
        number: left edge of the number.
        rail, numbered: whether there is a rail, and whether slides have numbers.
    """

    left: int = inches(2 / 3)
    width: int = inches(10.96)
    top: int = inches(6.93)
    number: int = inches(12.07)
    rail: bool = True
    numbered: bool = True


class Around(Struct, frozen=True):
    """What a client's page has around ours, in EMU: as much at the left as at the right, less above than below."""

    side: int = 0
    above: int = 0
    below: int = 0

    @property
    def wide(self) -> int:
        """How much wider the page is than ours."""
        return 2 * self.side

    @property
    def high(self) -> int:
        """How much higher the page is than ours."""
        return self.above + self.below


class Dress(Struct, frozen=True, kw_only=True):
    """What a client's template gives to our own layouts besides colours and typefaces.

    Attributes:
        package: bytes of the template, with one more master, which has its bands, lines and logo, and no placeholder.
        master: part name of that master; ``edges`` is its layout without anything, ``cover`` the one with the art of the
            template's cover, "" if our own cover is used.
        paints: colour role -> colour of the template's theme; every role is there.
        mapping: "bg1", "tx1", "bg2", "tx2" -> slot of the theme.
        narrowing: family -> how many times wider than Arial its text is, and so how much smaller it is written.
        pitch: family -> line height relative to its size.
        variants: role -> layouts of the template that somebody named for it.
        around: what the page has around our own; nothing if it has its proportions.
        footer: words under the rail of every slide, in place of the stage's name; "" for none.
        told: what the build says about it, one phrase each.
    """

    package: bytes
    master: str
    edges: str
    cover: str
    paints: Mapping[str, Paint]
    mapping: Mapping[str, str]
    narrowing: Mapping[str, float]
    pitch: Mapping[str, float]
    variants: Mapping[str, tuple[LayoutSpec, ...]] = field(default_factory=dict)
    around: Around = Around()
    footer: str | None = ""
    told: tuple[str, ...] = ()


class Theme(Struct, frozen=True, kw_only=True):
    """Tokens and layouts.

    Attributes:
        colors: role -> six hex digits: bg, ink, muted, panel, accent, c2, c3, stop, c5, open.
        font, mono: family names written into the deck; ``heading`` is that of titles, "" for ``font``.
        measure_fonts: (family, bold) -> font file for measuring text.
        measure_scale: family -> how much wider its text is than with the file that measures it.
        template: the file whose layouts the deck is on; ``None`` for our own layouts.
        dress: what a client's template gives to our own layouts; ``None`` for our own themes.
        foot: where the rail and the number are.
        paints: role -> its colour where it isn't that of its slot: a bright accent fills areas, and a deeper shade of it is for
            text. "accent/area" is the role for areas.
        code: class of characters of code -> colour role that can be read on panels and on the background.
        logo, cover_logo: pictures in the corners of our own layouts; ``logo`` is also at the top of printed sheets.
    """

    name: str
    dark: bool
    colors: Mapping[str, str]
    font: str
    mono: str
    measure_fonts: Mapping[tuple[str, bool], Path]
    width: int
    height: int
    layouts: Mapping[str, LayoutSpec]
    measure_scale: Mapping[str, float] = field(default_factory=dict)
    template: Template | None = None
    dress: Dress | None = None
    heading: str = ""
    foot: Foot = Foot()
    paints: Mapping[str, Paint] = field(default_factory=dict)
    code: Mapping[bytes, str] = field(default_factory=dict)
    logo: Logo | None = None
    cover_logo: Logo | None = None

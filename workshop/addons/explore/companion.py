"""The companion page before it is written, and how it is put together: its front, a section per demo, what its script needs."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import Any

from msgspec import Struct, field

from workshop.addons.explore.drawn import Part, Words, tag
from workshop.addons.explore.lines_to_send import later_section, room_section, verdicts
from workshop.addons.explore.picks import COUNT
from workshop.addons.explore.slide_bets import SlideBet
from workshop.charts.geometry import contrast
from workshop.errors import Problem, Problems
from workshop.files.color_arithmetic import stepped
from workshop.layout.laid import LaidOut
from workshop.model.exhibits import Exhibit, Honesty
from workshop.model.kit import Kit
from workshop.model.source import Content
from workshop.model.theme import FIELDS_ON_DARK
from workshop.render.print.document import pictures, slide_numbers
from workshop.render.writing import Writer

BUDGET = 600 * 1024  # bytes of a page


class Section(Struct, frozen=True, kw_only=True):
    """One demo on the page.

    Attributes:
        id: name of the demo.
        stage: number of the stage it belongs to, 0 for all of them.
        title: its heading.
        html: the whole section.
        data: its part of the data block, as JSON.
        texts: how many of the kit's own texts travel in it.
        kinds: what people do there, in order, such as "guess" and "write".
    """

    id: str
    stage: int
    title: str
    html: str
    data: str
    texts: int = 0
    kinds: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Bytes that it adds to the page."""
        return len(self.html.encode()) + len(self.data.encode())


class Explored(Struct, frozen=True, kw_only=True):
    """Everything on the page that comes from runs.

    Attributes:
        colors: name of a set of colours -> role -> six hex digits.
        starred: the demos that slides open, which come first.
        stages: number of a stage -> markup of what it asks and does.
        elsewhere: demos that can't be poked: name, title and number of the stage of each.
        bets: slide id -> its bet; a plan has them before anything is run.
        in_bits: the demos whose surprise the slides tell in bits, as the page does then; a plan has them, too.
    """

    sections: tuple[Section, ...]
    seed: int
    colors: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    starred: frozenset[str] = frozenset()
    stages: Mapping[int, str] = field(default_factory=dict)
    elsewhere: tuple[tuple[str, str, int], ...] = ()
    bets: Mapping[str, SlideBet] = field(default_factory=dict)
    in_bits: frozenset[str] = frozenset()

    @property
    def path(self) -> tuple[Section, ...]:
        """The demos that come first, and those without a stage."""
        return tuple(s for s in self.sections if s.id in self.starred or not s.stage)

    @property
    def digest(self) -> str:
        """A digest of all sections, 16 hex digits: it is the same wherever runs have the same results."""
        texts = [text for section in self.sections for text in (section.html, section.data)]
        return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]


INKS = {
    "#000000": "currentColor",
    "#ffffff": "var(--on-pic)",
    "#9e9e9e": "var(--context)",
}  # of a picture on white paper
AROUND = re.compile(r"^<svg[^>]*><title>.*?</title>|</svg>$", re.DOTALL)
FINE = re.compile(r"\d+\.\d\d+")  # a place, finer than can be seen
WHERE = '<span class="where"></span>'  # stands where the slides and sheets of a demo are named
MAP = "map"  # id of the list of all stages
SPACE = re.compile(r" ?([A-Z]) ?")  # around the letters of a path


def picture(stage: int) -> str:
    """Return the picture of a stage, which is on the page once."""
    return f'<svg class="pic" viewBox="0 0 100 100" aria-hidden="true"><use href="#pic-{stage}"/></svg>'


def drawn_once(laid: LaidOut, html: str) -> str:
    """Return the page's markup with the pictures that it uses; without those of stages that have none."""
    symbols = ""
    for mark in laid.kit.marks:
        drawn = AROUND.sub("", pictures(laid, mark)["picture"])
        if not drawn:
            html = html.replace(picture(mark.number), "")
            continue
        drawn = FINE.sub(lambda number: f"{float(number[0]):.1f}", drawn)
        drawn = re.sub(r"(?<= d=')[^']*", lambda path: SPACE.sub(r"\1", path[0]), drawn)
        for ink, role in INKS.items():
            drawn = drawn.replace(ink, role)
        symbols += tag("symbol", drawn, id=f"pic-{mark.number}", viewBox="0 0 100 100")
    return tag("svg", symbols, class_="symbols", aria_hidden="true") + html if symbols else html


def placed(laid: LaidOut, section: Section, words: Words) -> str:
    """Return the section of a demo with the slides of this plan that show it, and the sheet of its stage."""
    kit, numbers = laid.kit, slide_numbers(laid)
    slides = [numbers[s.id] for s in kit.slides if section.id in s.runs and not s.hidden and s.id in numbers]
    stages = {stage.id for stage in kit.stages if stage.number == section.stage}
    where = [words("explore-slides" if len(slides) > 1 else "explore-slide", slide=slides[0])] if slides else []
    where += [words("explore-sheet", sheet=sheet.id.partition("-")[0]) for sheet in kit.sheets if sheet.stage in stages]
    told = f", {escape(', '.join(where))}" if where else ""
    return section.html.replace(WHERE, told, 1)


def door(kit: Kit, explored: Explored, written: Mapping[str, str], words: Words) -> str:
    """Return all stages with what they do and their other demos; each is closed, unless no demo comes before them.

    Args:
        written: the markup of each demo.
    """
    opened = {} if explored.path else {"open": ""}
    first, stages = {one.id for one in explored.path}, ""
    for mark in kit.marks:
        inside = explored.stages.get(mark.number, "")
        above = [one for one in explored.sections if one.stage == mark.number and one.id in first]
        links = "".join(tag("li", tag("a", escape(one.title), href=f"#{one.id}")) for one in above)
        inside += tag("ul", links, class_="links") if links else ""
        inside += "".join(
            written[one.id] for one in explored.sections if one.stage == mark.number and one.id not in first
        )
        inside += "".join(
            tag("p", words("explore-elsewhere", title=title), id=name, class_="measure")
            for name, title, stage in explored.elsewhere
            if stage == mark.number
        )
        if inside:
            name = tag("span", f"{mark.number} {escape(mark.short or mark.title)}")
            head = tag("summary", picture(mark.number) + name)
            stages += tag("details", head + inside, class_="stage", id=f"{MAP}-{mark.number}", **opened)
    if not stages:
        return ""
    head = tag("h2", words("explore-all", count=len(explored.sections)), id=f"{MAP}-h", tabindex="-1")
    return tag("section", head + stages, class_="door", id=MAP, aria_labelledby=f"{MAP}-h")


def stages_told(content: Content, words: Words) -> dict[int, str]:
    """Return what each numbered stage asks, and what goes in, happens and comes out."""
    tells = words.listed("explore-map-flow")
    found = {}
    for stage in content.stages:
        if stage.number is not None:
            flow = "".join(
                tag("div", tag("dt", tell) + tag("dd", escape(text)), class_="mid" if tell == tells[1] else "")
                for tell, text in zip(tells, stage.meta.flow, strict=False)
            )
            found[stage.number] = tag("dl", flow, class_="flow") if flow else ""
    return found


# ---------------------------------------------------------------- section
WEAKEST = (Honesty.ILLUSTRATIVE, Honesty.SIMULATED, Honesty.SUPPLIED, Honesty.REAL)
MARKS = {
    Honesty.REAL: "explore-real",
    Honesty.SIMULATED: "simulated",
    Honesty.SUPPLIED: "supplied",
    Honesty.ILLUSTRATIVE: "illustrative",
}


def section(
    *,
    name: str,
    title: str,
    lead: str,
    stage: int,
    stage_title: str,
    toy_of: str = "",
    parts: Sequence[Part],
    basis: Sequence[Exhibit],
    seed: int,
    words: Words,
) -> Section:
    """Return a demo's section; ``basis`` are the exhibits whose evidence counts, the weakest for the whole section."""
    honesty = min((e.honesty for e in basis), key=WEAKEST.index, default=Honesty.REAL)
    phrase = next((e.basis for e in basis if e.basis), "")
    told = ", ".join(
        filter(None, (phrase, words("explore-seed", seed=seed) if honesty is not Honesty.ILLUSTRATIVE else ""))
    )
    toy = words("explore-toy", real=toy_of) if toy_of else ""
    html = _head(name, title, lead, stage, stage_title) + tag("p", "", class_="warn", data_warn="", hidden="hidden")
    html += "".join(_bench(place, part, words) for place, part in enumerate(parts))
    html += _foot(honesty, words)
    told = tag("p", escape(", ".join(filter(None, (told, toy)))) + WHERE, class_="about measure")
    here = tag("a", words("explore-here"), class_="here needs-js", href=f"#{name}")
    numbers = "".join(part.numbers for part in parts)
    label = words("explore-tables", title=title)
    box = tag("div", numbers, class_="scroll", tabindex="0", role="group", aria_label=label) if numbers else ""
    html += tag("details", tag("summary", words("explore-numbers")) + told + here + box, class_="numbers")
    data = {
        "id": name,
        "stage": stage,
        "kind": parts[0].kind,
        "label": title,
        "honesty": str(honesty),
        "start": {key: value for part in parts for key, value in part.start.items()},
        "parts": [dict(part.data) for part in parts],
    }
    whole = tag(
        "section", html, class_="poke", id=name, data_stage=str(stage), data_kind=parts[0].kind,
        aria_labelledby=f"{name}-h",
    )  # fmt: skip
    return Section(
        id=name,
        stage=stage,
        title=title,
        html=whole,
        data=as_data(data),
        texts=sum(part.texts for part in parts),
        kinds=tuple(kind for part in parts for kind in _kinds(part)),
    )


def _kinds(part: Part) -> list[str]:
    """Return what people do in a part: bet, what its kind says, type totals."""
    return [*(["guess"] if part.bet else []), part.kind, *([COUNT] if "hands" in part.data else [])]


def as_data(value: Any) -> str:
    """Return JSON that can stand inside a page's script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _head(name: str, title: str, lead: str, stage: int, stage_title: str) -> str:
    where = tag("p", f"{stage} {escape(stage_title)}", class_="stage") if stage else ""
    heading = tag("h2", escape(title), id=f"{name}-h", tabindex="-1")
    return tag("header", where + heading + (tag("p", escape(lead), class_="lead") if lead else ""))


def _bench(place: int, part: Part, words: Words) -> str:
    """Return the picture, the control and the sentence of a part, then the rest; all but the first part of a demo are closed."""
    inner = tag("div", part.picture, class_="picture") if part.picture else ""
    inner += tag("div", tag("div", part.control, class_="control") + part.said, class_="do")
    bet = (
        tag("details", tag("summary", words("explore-bet-first")) + part.bet, class_="bet needs-js") if part.bet else ""
    )
    if part.more or bet:
        inner += tag("div", part.more + bet, class_="more")
    bench = tag("div", inner, class_=f"bench k-{part.kind}", data_part=str(place))
    if not place:
        return bench
    return tag("details", tag("summary", words("explore-further", label=part.label)) + bench, class_="further")


def _foot(honesty: Honesty, words: Words) -> str:
    mark = tag("span", words(MARKS[honesty]), class_=f"mark {honesty}")
    large = tag("button", words("explore-large"), type="button", class_="plain show needs-js")
    return tag("footer", mark + large, class_="basis")


# ---------------------------------------------------------------- page
# The companion page as one file: no network, no framework, a policy that allows exactly its own script and style.
FOR_AUTHORS = re.compile(r"^ *(?://.*|/\*.*\*/) *\n|^ +", re.MULTILINE)
ROLES = ("bg", "ink", "muted", "panel", "accent", "c2", "c3", "stop", "c5", "open")


def render_explore(laid: LaidOut) -> bytes:
    """Return the page; the same kit gives the same bytes.

    Raises:
        Problems: if it is larger than a page may be; the message says which demo takes how much.
    """
    explored = laid.kit.extra["explore"]
    page = _page(laid, explored).encode()
    if len(page) > BUDGET:
        largest = sorted(explored.sections, key=lambda s: -s.size)[:3]
        told = ", ".join(f"{s.id} {s.size // 1024} KB" for s in largest)
        message = f"explore.html would have {len(page) // 1024} KB; the limit is {BUDGET // 1024}. The largest: {told}"
        raise Problems(
            [
                Problem(
                    message, hint="give these demos fewer states, or leave out texts with --without-texts", code="poke"
                )
            ]
        )
    return page


def _static(name: str) -> str:
    """Return the page's script or style without indentation and lines of comment, which would only make the page larger."""
    return FOR_AUTHORS.sub("", (files("workshop.addons.explore") / "static" / name).read_text("utf-8"))


TOYS = ("words", "seeded", "trigram", "votes", "tokenizer", "retrieval")  # each needs only those before it


def _script() -> str:
    """Return the toys and the page's script as one."""
    return (
        "'use strict';\n(() => {\n"
        + "".join(map(_static, (*(f"toys/{toy}.js" for toy in TOYS), "page.js")))
        + "})();\n"
    )


def _page(laid: LaidOut, explored: Explored) -> str:
    kit = laid.kit
    script, style = _script(), _colors(explored.colors) + _static("page.css")
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    words = Words(kit.language)
    written = {section.id: placed(laid, section, words) for section in explored.sections}
    body = "\n".join(written[section.id] for section in explored.path) + door(kit, explored, written, words)
    body += room_section(kit, words) + later_section(kit.later, words)
    body = drawn_once(laid, f"{_top(kit, explored, words)}\n<main>\n{body}\n</main>")
    shown = sorted(explored.sections, key=lambda one: one not in explored.path)
    data = (
        f'{{"v":1,"kit":{as_data(kit.title)},"digest":"{explored.digest}","seed":{explored.seed},"words":{as_data(words.script())},'
        f'"later":{as_data(verdicts(kit.later, words))},"pokes":[{",".join(s.data for s in shown)}]}}'
    )
    return f"""<!doctype html>
<html lang="{escape(kit.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{escape(words("explore-title", title=kit.title))}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#{shown[0].id}">{words("explore-skip")}</a>
{body}
{_deckbar(kit, words)}
<footer class="foot"><p data-checked>{words("explore-unchecked")}</p>
<p>{_small_print(kit, explored, words)}</p></footer>
<p class="sr" role="status" id="say"></p>
<script type="application/json" id="pokes">{data}</script>
<script>{script}</script>
</body>
</html>
"""


def _small_print(kit: Kit, explored: Explored, words: Words) -> str:
    licence = words("explore-licence", licence=kit.licence) if kit.licence else ""
    made = words("explore-made", seed=explored.seed, digest=explored.digest)
    return escape(" ".join(filter(None, (words("explore-private"), licence, made))))


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def _top(kit: Kit, explored: Explored, words: Words) -> str:
    links = tag("a", words("explore-all", count=len(explored.sections)), href=f"#{MAP}") if kit.marks else ""
    links += tag("button", words("explore-present"), type="button", class_="plain needs-js", data_present="")
    told = tag("p", words("explore-no-script"), class_="no-js")
    return tag("header", tag("h1", escape(kit.title)) + tag("p", links) + told, class_="top")


def _deckbar(kit: Kit, words: Words) -> str:
    pips = "".join(
        tag("li", tag("span", f"{mark.number} {escape(mark.short or mark.title)}"), data_pip=str(mark.number))
        for mark in kit.marks
    )
    other, turn = words.listed("explore-keys")
    keys = f"<span><kbd>←</kbd> <kbd>→</kbd> {other}</span><span><kbd>↑</kbd> <kbd>↓</kbd> {turn}</span>"
    close = tag("button", words("explore-close"), type="button", data_leave="")
    return tag("div", tag("ol", pips, aria_hidden="true") + tag("p", keys + close, class_="keys"), class_="deckbar")


# ---------------------------------------------------------------- colours
def _colors(sets: Mapping[str, Mapping[str, str]]) -> str:
    """Return the sets of colours: the device chooses, unless the page has been told which one."""
    css = {name: _tokens(roles, name) for name, roles in sets.items()}
    light, dark, contrast_, night = css["light"], css["dark"], css["contrast"], css["contrast-dark"]
    free = ":root:not([data-theme])"
    return (
        f":root{{{light}}}\n@media(prefers-color-scheme:dark){{{free}{{{dark}}}}}\n"
        f"@media(prefers-contrast:more){{{free}{{{contrast_}}}}}\n"
        f"@media(prefers-contrast:more) and (prefers-color-scheme:dark){{{free}{{{night}}}}}\n"
        f":root[data-theme=light]{{{light}}}\n:root[data-theme=dark]{{{dark}}}\n:root[data-theme=contrast]{{{contrast_}}}\n"
        f"@media(prefers-color-scheme:dark){{:root[data-theme=contrast]{{{night}}}}}\n"
        f"@media print{{:root,html[data-theme]{{{light}}}}}\n"
    )


def _tokens(roles: Mapping[str, str], name: str) -> str:
    """Return a set as CSS; a large area on dark has a shade of the accent, as in the deck, so that it doesn't glare."""
    over = max((roles["ink"], roles["bg"], "000000"), key=lambda color: contrast(color, roles["open"]))
    shaded = name == "dark"
    field = stepped(roles["accent"], FIELDS_ON_DARK["field"].steps) if shaded else roles["accent"]
    found = {role: roles[role] for role in ROLES}
    found |= {"on-open": over, "field": field, "on-field": roles["ink"] if shaded else roles["bg"]}
    scheme = "dark" if name.endswith("dark") else "light"
    return f"color-scheme:{scheme};" + ";".join(f"--{role}:#{color}" for role, color in found.items())


def _has_any(kit: Kit) -> bool:
    explored = kit.extra.get("explore")
    return explored is not None and bool(explored.sections)


WRITER = Writer(
    filename="explore.html",
    render=render_explore,
    meaning="the companion page: every demo to poke, in one file without a network (HTML)",
    whom="each person",
    has_any=_has_any,
    needs="demos with pokes",
    from_step=True,
)

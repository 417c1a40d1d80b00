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
from workshop.addons.explore.states import tabs
from workshop.charts.geometry import contrast
from workshop.errors import Problem, Problems
from workshop.files.color_arithmetic import stepped
from workshop.layout.laid import LaidOut
from workshop.model.exhibits import Code, Exhibit, Honesty
from workshop.model.kit import Kit
from workshop.model.source import Content, StageSource
from workshop.model.theme import FIELDS_ON_DARK
from workshop.render.print.document import pictures, slide_numbers
from workshop.render.writing import Writer

BUDGET = 750 * 1024  # bytes of a page


class Section(Struct, frozen=True, kw_only=True):
    """One demo on the page.

    Attributes:
        id: name of the demo; "map" for the stages themselves.
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
        starred: the demos that slides open.
    """

    sections: tuple[Section, ...]
    seed: int
    colors: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    starred: frozenset[str] = frozenset()

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
STAGE = re.compile(r'(<p class="stage">.*?)</p>', re.DOTALL)
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


def contents(kit: Kit, explored: Explored, words: Words) -> str:
    """Return links to the demos that the workshop shows, and to all of them by stage."""
    demos = [section for section in explored.sections if section.stage]
    starred = [section for section in demos if section.id in explored.starred]
    first = tag("h2", words("explore-begin")) + tag("ul", _links(starred, "chip")) if starred else ""
    stages = ""
    for mark in kit.marks:
        those = [section for section in demos if section.stage == mark.number]
        head = tag("h3", picture(mark.number) + f"{mark.number} {escape(mark.short or mark.title)}")
        stages += tag("div", head + tag("ul", _links(those), class_="links")) if those else ""
    if stages:
        listed = tag("summary", words("explore-all", count=len(demos))) + tag("div", stages, class_="stages")
        stages = tag("details", listed)
    return tag("nav", first + stages, class_="contents", aria_label=words("explore-contents")) if stages else ""


def placed(laid: LaidOut, section: Section, words: Words) -> str:
    """Return the section of a demo with the slides of this plan that show it, and the sheet of its stage."""
    kit, numbers = laid.kit, slide_numbers(laid)
    slides = [numbers[s.id] for s in kit.slides if section.id in s.runs and not s.hidden and s.id in numbers]
    stages = {stage.id for stage in kit.stages if stage.number == section.stage}
    where = [words("explore-slides" if len(slides) > 1 else "explore-slide", slide=slides[0])] if slides else []
    where += [words("explore-sheet", sheet=sheet.id.partition("-")[0]) for sheet in kit.sheets if sheet.stage in stages]
    told = tag("span", escape(", ".join(where)), class_="measure") if where else ""
    return STAGE.sub(lambda head: head[1] + told + "</p>", section.html, count=1)


def _links(sections: Sequence[Section], look: str = "") -> str:
    looks = {"class_": look} if look else {}
    return "".join(tag("li", tag("a", escape(one.title), href=f"#{one.id}", **looks)) for one in sections)


def rail(kit: Kit, sections: Sequence[Section], words: Words) -> str:
    """Return the stages as links to the first demo of each, with a segment per demo; a stage without one is only named."""
    items = ""
    for mark in kit.marks:
        those = [section.id for section in sections if section.stage == mark.number]
        name = f"{mark.number} " + tag("span", escape(mark.short or mark.title), class_="name")
        line = tag("span", "".join(tag("i", data_segment=one) for one in those), class_="segs", aria_hidden="true")
        there = tag("a", line + name, href=f"#{those[0]}", data_rail=str(mark.number)) if those else tag("span", name)
        items += tag("li", there)
    won = tag("p", class_="needs-js", data_won="")
    return tag("nav", tag("ol", items) + won, class_="rail", aria_label=words("explore-stages")) if items else ""


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
    html = _head(name, title, lead, stage, stage_title, toy)
    html += tag("p", "", class_="warn", data_warn="", hidden="hidden")
    html += _bench(parts) + _foot(name, honesty, told, words)
    numbers = "".join(part.numbers for part in parts)
    if numbers:
        box = tag(
            "div", numbers, class_="scroll", tabindex="0", role="group", aria_label=words("explore-tables", title=title)
        )
        html += tag("details", tag("summary", words("explore-numbers")) + box, class_="numbers")
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
        "section", html, class_="poke", id=name, data_stage=str(stage), data_kind=" ".join(p.kind for p in parts),
        aria_labelledby=f"{name}-h",
    )  # fmt: skip
    return Section(
        id=name,
        stage=stage,
        title=title,
        html=whole,
        data=as_data(data),
        texts=sum(part.texts for part in parts),
        kinds=tuple(kind for part in parts for kind in (part.kind, *([COUNT] if "hands" in part.data else []))),
    )


def as_data(value: Any) -> str:
    """Return JSON that can stand inside a page's script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _head(name: str, title: str, lead: str, stage: int, stage_title: str, toy: str) -> str:
    told = tag("span", escape(toy), class_="measure") if toy else ""
    where = tag("p", tag("i", str(stage)) + escape(stage_title) + told, class_="stage") if stage else ""
    heading = tag("h2", escape(title), id=f"{name}-h", tabindex="-1")
    return tag("header", where + heading + (tag("p", escape(lead), class_="lead") if lead else ""))


def _bench(parts: Sequence[Part]) -> str:
    if len(parts) == 1:
        one = parts[0]
        cols = [one.left, one.right] if one.right else [one.left]
        inner = "".join(tag("div", col, class_="col") for col in cols)
        return tag("div", inner, class_=f"bench k-{one.kind}" if one.right else "bench one", data_part="0")
    columns = "".join(
        tag("div", part.left + part.right, class_="col", data_part=str(number)) for number, part in enumerate(parts)
    )
    return tag("div", columns, class_="bench even")


def _foot(name: str, honesty: Honesty, told: str, words: Words) -> str:
    mark = tag("span", words(MARKS[honesty]), class_=f"mark {honesty}")
    here = tag("a", words("explore-here"), class_="here needs-js", href=f"#{name}")
    large = tag("button", words("explore-large"), type="button", class_="plain show needs-js")
    return tag("footer", mark + tag("span", escape(told)) + here + large, class_="basis")


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


def _page(laid: LaidOut, explored: Explored) -> str:
    kit = laid.kit
    script, style = _static("page.js"), _colors(explored.colors) + _static("page.css")
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    words = Words(kit.language)
    data = (
        f'{{"v":1,"kit":{as_data(kit.title)},"digest":"{explored.digest}","seed":{explored.seed},"words":{as_data(words.script())},'
        f'"later":{as_data(verdicts(kit.later, words))},"pokes":[{",".join(s.data for s in explored.sections)}]}}'
    )
    body = "\n".join(placed(laid, section, words) for section in explored.sections)
    body += room_section(kit, words) + later_section(kit.later, words)
    body = drawn_once(laid, f"{_cover(kit, explored, words)}\n<main>\n{body}\n</main>")
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
<a class="skip" href="#{explored.sections[0].id}">{words("explore-skip")}</a>
{rail(kit, explored.sections, words)}
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


def _cover(kit: Kit, explored: Explored, words: Words) -> str:
    names = dict(zip(("", "light", "dark", "contrast"), words.listed("explore-themes"), strict=True))
    options = "".join(
        f'<label class="opt"><input type="radio" name="theme" value="{key}"{"" if key else " checked"}><span class="t">{word}</span></label>'
        for key, word in names.items()
    )
    legend = tag("legend", words("explore-colours"), class_="sr")
    tools = tag("fieldset", legend + tag("div", options, class_="opts line"))
    tools += tag("button", words("explore-present"), type="button", class_="go", data_present="")
    demos = sum(section.stage > 0 or section.id != "map" for section in explored.sections)
    sub = words("explore-sub" if demos != 1 else "explore-sub-one", count=demos)
    yours, measured, blocked = words.listed("explore-key")
    key = tag("span", yours, class_="k-open") + tag("span", measured) + tag("span", blocked, class_="k-stop")
    inner = (
        tag("div", tools, class_="tools needs-js")
        + tag("h1", escape(kit.title))
        + tag("p", sub, class_="sub")
        + tag("p", words("explore-no-script"), class_="sub no-js")
        + tag("p", key, class_="key")
        + contents(kit, explored, words)
    )
    return tag("header", inner, class_="cover")


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
    return kit.extra.get("explore") is not None


WRITER = Writer(
    filename="explore.html",
    render=render_explore,
    meaning="the companion page: every demo to poke, in one file without a network (HTML)",
    has_any=_has_any,
    needs="demos with pokes",
    from_step=True,
)


# ---------------------------------------------------------------- stages
# The map of a kit's stages, as the first section of its page.
ID = "map"


def stages_section(content: Content, kit: Kit, made: Sequence[Section], words: Words) -> tuple[Section, ...]:
    """Return the map, if the kit has numbered stages: each with its question, what it does, and the demos that show it."""
    sources = {stage.number: stage for stage in content.stages if stage.number is not None}
    marks = [mark for mark in kit.marks if mark.number in sources]
    if len(marks) < 2:
        return ()
    tiles, boxes = [], []
    for mark in marks:
        stage = sources[mark.number]
        gloss = stage.meta.map or mark.question
        tiles.append(
            tag("span", str(mark.number), class_="n") + picture(mark.number) + tag("span", escape(mark.short or mark.title), class_="name") + tag("span", escape(gloss), class_="q")
        )  # fmt: skip
        shown = [one for one in made if one.stage == mark.number]
        boxes.append(picture(mark.number) + _box(stage, mark.question, shown, words))
    names = [f"{mark.number} {mark.title}" for mark in marks]
    part = Part(
        kind="map",
        left=tabs("map", words("explore-stages"), names, tiles, boxes),
        data={"kind": "map", "count": len(marks)},
        start={"place": "1"},
    )
    told = Code(
        "",
        "",
        "",
        honesty=Honesty.ILLUSTRATIVE,
        basis=words("explore-map-basis"),
    )
    return (
        section(
            name=ID,
            title=words("explore-map", count=_number(len(marks), words)),
            lead=words("explore-map-lead"),
            stage=0,
            stage_title="",
            parts=[part],
            basis=[told],
            seed=kit.seed,
            words=words,
        ),
    )


def _number(count: int, words: Words) -> str:
    names = words.listed("number-words")
    return names[count].capitalize() if count < len(names) else str(count)


def _box(stage: StageSource, question: str, demos: Sequence[Section], words: Words) -> str:
    tells = words.listed("explore-map-flow")
    flow = "".join(
        tag("div", tag("dt", tell) + tag("dd", escape(text)), class_="mid" if tell == tells[1] else "")
        for tell, text in zip(tells, stage.meta.flow, strict=False)
    )
    asked = tag("p", escape(question), class_="ask") if question else ""
    links = "".join(tag("li", tag("a", escape(demo.title), href=f"#{demo.id}")) for demo in demos)
    tried = tag("p", words("explore-try"), class_="measure") + tag("ul", links, class_="links") if links else ""
    return asked + (tag("dl", flow, class_="flow") if flow else "") + (tag("div", tried) if tried else "")

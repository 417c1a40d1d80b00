"""Animations: what appears or leaves click by click, charts that grow, the timer bar, and slides that turn into the next one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

from msgspec import Struct

from workshop.render.office_xml import Element, el

Ids = Callable[[], int]


class Appear(Struct, frozen=True):
    """A paragraph (counted from 0) of a shape appears."""

    shape: int
    paragraph: int


class Show(Struct, frozen=True):
    """A whole shape appears; ``text`` says whether it has any, since only then is it listed among the builds.

    With ``wiped``, it is wiped in from the left.
    """

    shape: int
    text: bool
    wiped: bool = False


class Leave(Struct, frozen=True):
    """A whole shape leaves the slide: ``upwards``, or else at once."""

    shape: int
    upwards: bool


class Drain(Struct, frozen=True):
    """A shape is wiped away from the right over some milliseconds, after a click on ``trigger``."""

    shape: int
    duration: int
    trigger: int


class Grow(Struct, frozen=True):
    """A part of a chart is wiped in from the ``side`` of its axis, ``delay`` milliseconds after the click.

    Attributes:
        by: "category" or "series".
        place: of the category, or of the series in the order in which the chart has them.
        side: "left" or "down".
    """

    shape: int
    by: str
    place: int
    side: str
    delay: int


Effect = Appear | Show | Leave | Drain | Grow
GROWING = 500  # milliseconds for a part of a chart
ALL = -3  # an index of a chart's part that means all of them
SUBTYPES = {"left": 8, "down": 4}
MORPHING = 1200  # milliseconds
FLY, LEAVING = 2, 500  # number of the effect; milliseconds
UPWARDS = (("ppt_x", "ppt_x"), ("ppt_y", "0-ppt_h/2"))  # attribute of a place, and where it ends
Click = Sequence[Effect]


def timing_xml(clicks: Sequence[Click], timers: Sequence[Drain] = ()) -> Element:
    """Return ``p:timing``: clicks in order, with all effects of a click at the same time.

    A timer has a separate sequence that waits for a click on its trigger; a click anywhere else advances as usual.
    """
    numbers = count(1)
    root, main = next(numbers), next(numbers)

    def ids() -> int:
        return next(numbers)

    sequences = [_main(clicks, main, ids)] if clicks else []
    sequences += [_on_click_of(timer, ids) for timer in timers]
    whole = el("p:cTn", _children(*sequences), id=root, dur="indefinite", restart="never", nodeType="tmRoot")
    builds = _builds([*clicks, timers])  # none for a picture or a table; the schema forbids an empty list
    return el("p:timing", el("p:tnLst", el("p:par", whole)), *([el("p:bldLst", *builds)] if builds else []))


def _main(clicks: Sequence[Click], number: int, ids: Ids) -> Element:
    steps = _children(*(_click(click, ids) for click in clicks))
    return el(
        "p:seq",
        el("p:cTn", steps, id=number, dur="indefinite", nodeType="mainSeq"),
        el("p:prevCondLst", _slide_event("onPrev")),
        el("p:nextCondLst", _slide_event("onNext")),
        concurrent=True,
        nextAc="seek",
    )


def _on_click_of(timer: Drain, ids: Ids) -> Element:
    """Return the sequence that a click on a timer's trigger starts."""
    number = ids()
    steps = el(
        "p:cTn",
        el("p:stCondLst", _clicked(timer.trigger)),
        el("p:endSync", el("p:rtn", val="all"), evt="end", delay=0),
        _children(_click([timer], ids, after=0)),
        id=number,
        restart="whenNotActive",
        fill="hold",
        evtFilter="cancelBubble",
        nodeType="interactiveSeq",
    )
    return el("p:seq", steps, el("p:nextCondLst", _clicked(timer.trigger)), concurrent=True, nextAc="seek")


def _clicked(shape: int) -> Element:
    return el("p:cond", _target(shape), evt="onClick", delay=0)


def _builds(clicks: Sequence[Click]) -> list[Element]:
    effects = [effect for click in clicks for effect in click]
    by_line = dict.fromkeys(effect.shape for effect in effects if isinstance(effect, Appear))
    whole = dict.fromkeys(e.shape for e in effects if isinstance(e, Drain) or (isinstance(e, Show) and e.text))
    charts = dict.fromkeys((e.shape, e.by) for e in effects if isinstance(e, Grow))
    return [
        *(el("p:bldP", spid=shape, grpId=0, build="p") for shape in by_line),
        *(el("p:bldP", spid=shape, grpId=0, animBg=True) for shape in whole),
        *(
            el("p:bldGraphic", el("p:bldSub", el("a:bldChart", bld=by, animBg=False)), spid=shape, grpId=0)
            for shape, by in charts
        ),
    ]


def _click(click: Click, ids: Ids, after: int | str = "indefinite") -> Element:
    outer, inner = ids(), ids()
    effects = [_effect(effect, ids, first=not k) for k, effect in enumerate(click)]
    together = el("p:par", el("p:cTn", _start(0), _children(*effects), id=inner, fill="hold"))
    return el("p:par", el("p:cTn", _start(after), _children(together), id=outer, fill="hold"))


def _effect(effect: Effect, ids: Ids, *, first: bool) -> Element:
    node, part = ids(), ids()
    preset: dict[str, Any]
    if isinstance(effect, Grow):
        preset = {"presetID": 22, "presetClass": "entr", "presetSubtype": SUBTYPES[effect.side]}
        wiped = el("p:cBhvr", el("p:cTn", id=ids(), dur=GROWING), _part_of_chart(effect))
        wipe = el("p:animEffect", wiped, transition="in", filter=f"wipe({effect.side})")
        steps = [_visibility(_part_of_chart(effect), part, "visible", 0), wipe]
    elif isinstance(effect, Show) and effect.wiped:
        preset = {"presetID": 22, "presetClass": "entr", "presetSubtype": SUBTYPES["left"]}
        wiped = el("p:cBhvr", el("p:cTn", id=ids(), dur=GROWING), _target(effect.shape))
        wipe = el("p:animEffect", wiped, transition="in", filter="wipe(left)")
        steps = [_visibility(_target(effect.shape), part, "visible", 0), wipe]
    elif isinstance(effect, Leave):
        preset = {"presetID": FLY if effect.upwards else 1, "presetClass": "exit", "presetSubtype": int(effect.upwards)}
        up = [_moved(effect.shape, ids(), *way) for way in UPWARDS] if effect.upwards else []
        steps = [*up, _visibility(_target(effect.shape), part, "hidden", LEAVING - 1 if effect.upwards else 0)]
    elif not isinstance(effect, Drain):
        preset = {"presetID": 1, "presetClass": "entr", "presetSubtype": 0}
        target = _paragraph(effect) if isinstance(effect, Appear) else _target(effect.shape)
        steps = [_visibility(target, part, "visible", 0)]
    else:
        preset = {"presetID": 22, "presetClass": "exit", "presetSubtype": 2}
        wiped = el("p:cBhvr", el("p:cTn", id=part, dur=effect.duration), _target(effect.shape))
        wipe = el("p:animEffect", wiped, transition="out", filter="wipe(right)")
        steps = [wipe, _visibility(_target(effect.shape), ids(), "hidden", effect.duration - 1)]
    return el(
        "p:par",
        el(
            "p:cTn",
            _start(effect.delay if isinstance(effect, Grow) else 0),
            _children(*steps),
            id=node,
            **preset,
            fill="hold",
            grpId=None if isinstance(effect, Leave) or (isinstance(effect, Show) and not effect.text) else 0,
            nodeType="clickEffect" if first else "withEffect",
        ),
    )


def _moved(shape: int, number: int, attribute: str, end: str) -> Element:
    """Return the movement of a shape along one axis, from where it is."""
    behaviour = el(
        "p:cBhvr",
        el("p:cTn", id=number, dur=LEAVING),
        _target(shape),
        el("p:attrNameLst", el("p:attrName", text=attribute)),
        additive="base",
    )
    places = (
        el("p:tav", el("p:val", el("p:strVal", val=where)), tm=at) for at, where in ((0, attribute), (100_000, end))
    )
    return el("p:anim", behaviour, el("p:tavLst", *places), calcmode="lin", valueType="num")


def _visibility(target: Element, number: int, value: str, delay: int) -> Element:
    return el(
        "p:set",
        el(
            "p:cBhvr",
            el("p:cTn", _start(delay), id=number, dur=1, fill="hold"),
            target,
            el("p:attrNameLst", el("p:attrName", text="style.visibility")),
        ),
        el("p:to", el("p:strVal", val=value)),
    )


def _target(shape: int, *inside: Element) -> Element:
    return el("p:tgtEl", el("p:spTgt", *inside, spid=shape))


def _paragraph(effect: Appear) -> Element:
    place = el("p:pRg", st=effect.paragraph, end=effect.paragraph)
    return _target(effect.shape, el("p:txEl", place))


def _part_of_chart(effect: Grow) -> Element:
    series, category = (effect.place, ALL) if effect.by == "series" else (ALL, effect.place)
    part = el("a:chart", seriesIdx=series, categoryIdx=category, bldStep=effect.by)
    return _target(effect.shape, el("p:graphicEl", part))


def morph() -> Element:
    """Return the transition in which what has the same name on two slides moves; programs that don't know it fade."""
    known = el("p:transition", el("p159:morph", option="byObject"), spd="slow", p14_dur=MORPHING)
    other = el("p:transition", el("p:fade"), spd="med")
    return el("mc:AlternateContent", el("mc:Choice", known, Requires="p159"), el("mc:Fallback", other))


def _children(*nodes: Element) -> Element:
    return el("p:childTnLst", *nodes)


def _start(delay: int | str) -> Element:
    return el("p:stCondLst", el("p:cond", delay=delay))


def _slide_event(name: str) -> Element:
    return el("p:cond", el("p:tgtEl", el("p:sldTgt")), evt=name, delay=0)

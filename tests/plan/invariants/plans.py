"""Hand-made plans: an opening, two stages and a closing that keep every rule; tests break the rules one by one."""

from msgspec.structs import replace

from tests.blank import kit_with
from workshop.model.blocks import Diagram, Line, Prose, Run, Step
from workshop.model.kit import Note, Slide, Stage, StageMark
from workshop.model.meta import AudienceMeta, KitMeta
from workshop.model.moment import Moment, MomentSlide
from workshop.model.slot import PlanReport
from workshop.plan.invariants.finished import Finished, finished
from workshop.plan.invariants.rules import RULES
from workshop.plan.slot.moments import Day

SLOT = 30
BUFFER = 1
WORDS = "word " * 40  # takes two fifths of a minute to say


def prose(text: str, **look) -> Prose:
    return Prose((Line((Run(text, **look),)),))


DRAWN = (("main", (Diagram(steps=(Step("Dough"), Step("Loaf")), alt="dough becomes a loaf"),)),)


def slide(name: str, minutes: float = 2, layout: str = "chart", said: str = WORDS, text: str = "", **more) -> Slide:
    slots = (("main", (prose(text),)),) if text else ()
    notes = (Note("say", prose(said)),) if said else ()
    slide_ = Slide(
        id=name,
        layout=layout,
        title=(Run(f"About {name}?" if layout == "predict" else f"About {name}"),),
        slots=slots,
        notes=notes,
        minutes=minutes,
        moment=name,
    )
    return replace(slide_, **more)


def stage(name: str, *slides: Slide, number: int | None = None, **more) -> Stage:
    own = tuple(replace(one, stage=name) for one in slides)
    return Stage(id=name, title=name.title(), short=name.title(), slides=own, number=number, **more)


def whole() -> tuple[Stage, ...]:
    """Stages whose plan breaks no rule."""
    return (
        stage("opening", slide("hello", does="hands")),
        stage(
            "dough",
            slide("guess", 1, "predict", said="word " * 33, moment="rise"),
            slide("rise", answers=("guess",)),
            slide("myth", 1, "misconception"),
            number=1,
        ),
        stage(
            "oven",
            slide("knead", 6, "exercise", said=WORDS * 3, moment="bake", task="count"),
            slide("loaf", 2, answers=("knead",), moment="bake", slots=DRAWN),
            slide("crust", toy="Toy: one loaf. Real: a bakery."),
            number=2,
        ),
        stage(
            "end",
            slide("ask", 4, does="write", said=WORDS * 2),
            slide("bye", 9, "closing", said=WORDS * 5, does="slip"),
        ),
    )


def change(stages: tuple[Stage, ...], name: str, **more) -> tuple[Stage, ...]:
    """Return the stages with one slide changed."""
    return tuple(
        replace(one, slides=tuple(replace(s, **more) if s.id == name else s for s in one.slides)) for one in stages
    )


def without(stages: tuple[Stage, ...], *names: str) -> tuple[Stage, ...]:
    """Return the stages without some slides."""
    return tuple(replace(one, slides=tuple(s for s in one.slides if s.id not in names)) for one in stages)


def after(stages: tuple[Stage, ...], name: str, *new: Slide) -> tuple[Stage, ...]:
    """Return the stages with slides inserted after one slide."""

    def longer(one: Stage) -> Stage:
        slides: list[Slide] = []
        for own in one.slides:
            slides += (own, *(replace(s, stage=one.id) for s in new)) if own.id == name else (own,)
        return replace(one, slides=tuple(slides))

    return tuple(map(longer, stages))


def a_plan(
    stages: tuple[Stage, ...],
    /,
    *,
    slot: float = SLOT,
    buffer: float = BUFFER,
    blocks_in=(),
    kit=None,
    files=None,
    **day,
) -> Finished:
    """Return the plan of some stages; ``kit`` and ``day`` hold other attributes of the kit and of its day."""
    minutes = sum(one.minutes for one in stages)
    order = tuple(one.id for one in whole())
    report = PlanReport(slot=slot, slides=minutes, buffer=buffer, blocks=blocks_in, order=order)
    marks = tuple(
        StageMark(id=one.id, number=one.number, title=one.title, short=one.short, question="")
        for one in whole()
        if one.number
    )
    made = kit_with(
        title="Bread",
        audience="bakers",
        audience_title="Bakers",
        people=12,
        stages=stages,
        marks=marks,
        plan=report,
    )
    moments = {
        "dough": (
            Moment(id="rise", slides=(MomentSlide(id="guess"), MomentSlide(id="rise")), spine=True, remember=True),
            Moment(id="myth", slides=(MomentSlide(id="myth"),)),
        ),
        "oven": (Moment(id="bake", slides=(MomentSlide(id="knead"), MomentSlide(id="loaf")), remember=True),),
    }
    answered = {"guess": frozenset({"rise"}), "knead": frozenset({"loaf"})}
    given = {"stages": stages, "moments": moments, "answered": answered, "said": AudienceMeta(), "written": KitMeta()}
    return finished(Day(**{**given, **day}), replace(made, **(kit or {})), files)


def broken(rule: str, stages: tuple[Stage, ...], /, **more) -> list[str]:
    """Return the messages of one rule about a plan."""
    return [breach.message for breach in RULES[rule][1](a_plan(stages, **more))]

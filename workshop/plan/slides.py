"""Resolving slides: claims on headings, measures of exhibits, notes, the mark of honesty."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from workshop import limits
from workshop.constructs.boxes import Given, Hint
from workshop.constructs.construct import unseen
from workshop.constructs.table import BY_BLOCK, text_of
from workshop.errors import At, Report, did_you_mean
from workshop.expressions import TASKS
from workshop.layouts import traits
from workshop.layouts.columns import TWO_CONTENT
from workshop.layouts.draft import Draft
from workshop.layouts.frames import SECTION
from workshop.layouts.statements import STATEMENT
from workshop.layouts.turns import ACTIVITY, EXERCISE
from workshop.model import blocks as model_blocks
from workshop.model import kit, markup
from workshop.model import source as src
from workshop.model.bets import Counted
from workshop.model.exhibits import Exhibit, Honesty
from workshop.model.meta import Source
from workshop.model.policy import Policy
from workshop.model.slot import IN_ROOM
from workshop.model.walk import expressions_in, names_in, nodes, taught
from workshop.plan.arrange import Arranged, arrange
from workshop.plan.counted import counts_of
from workshop.plan.referred import find_exhibit, find_picture
from workshop.plan.resolve import Resolver, one_line
from workshop.plan.scope import Dropped, Scope
from workshop.wording.languages import listed_in
from workshop.wording.messages import labels_of_notes, messages
from workshop.wording.typography import curled

NEAR_LABEL = 0.6  # similarity, 0 to 1, from which a word counts as a misspelt label
SOURCE_WORDS = 7  # after the mark of honesty, and before footnotes and the name of the companion page
MAP = "map"  # opens= of the stages, which are no demo
NAMED_BY = 8  # words of a slide without a title that name it
PRIORITIES = ("core", "optional", "deep")
# A slide's mark is the first of these that applies to anything on it
GRAVEST = (Honesty.ILLUSTRATIVE, Honesty.SIMULATED, Honesty.SUPPLIED, Honesty.REAL)


class Setting(Struct, frozen=True, kw_only=True):
    """The settings that all slides of a plan share.

    Attributes:
        unseen: ids of the kit's exercises that aren't for this audience or these stages.
        cut: ids of the stages that aren't in.
        explore_url: where the companion page is published; "" if it isn't.
        counts: what the letters of the polls got, by slide.
        dividers: whether each numbered stage begins with its divider.
    """

    language: str
    seed: int
    policy: Policy
    marks: tuple[kit.StageMark, ...]
    learnt: tuple[str, ...]
    phases: tuple[tuple[str, tuple[int, ...]], ...]
    exercises: Mapping[str, kit.Exercise]
    unseen: frozenset[str] = frozenset()
    cut: frozenset[str] = frozenset()
    explore_url: str = ""
    counts: Mapping[str, Counted] = field(default_factory=dict)
    dividers: bool = True


def plan_slide(
    source: src.SlideSource, stage: src.StageSource, before: model_blocks.Runs, outer: Scope, setting: Setting
) -> tuple[kit.Slide, ...]:
    """Return the slide, or slides, that a source slide becomes; none if its claim fails for runs other than the kit's own.

    Args:
        before: title of the previous slide, for a slide without a heading.
    """
    scope = outer.fresh(digits=outer.digits and "fixed" not in source.attrs.classes)
    try:
        neutral = scope.wording(source.attrs, source.at)
    except Dropped as dropped:
        scope.report.advise(f"slide '{source.id}' is left out: {dropped}", source.at, code="left-out")
        return ()
    _advise_neutral(neutral, source, scope)
    resolver = Resolver(scope, find_picture)
    title = (model_blocks.Run(neutral),) if neutral is not None else resolver.runs(source.title)
    before = before if setting.policy.html == "refused" else ()
    untitled = not title and not before
    continued = not title and bool(before)
    attrs, blocks, given = _with_exercise(source, resolver, setting)
    if attrs is None:
        return ()
    exhibits = _exhibits_of(source, scope)
    measure = attrs.get("measure") or next((e.measure for e in exhibits if e.measure), "")
    title = title or before or _named_by(blocks)
    draft = replace(
        _draft(source, setting), attrs=attrs, title=title, blocks=blocks, measure=scope.fill(measure, source.at)
    )
    draft = replace(draft, opened=_opened(source, scope, setting), given=given, untitled=untitled)
    made_later = attrs.get("quiz") == "answers"  # its content depends on the plan
    arranged = (Arranged(TWO_CONTENT.name, ()),) if made_later else arrange(draft, scope)
    notes = plan_notes(source.notes, Resolver(replace(scope.fresh(), digits=False), find_picture), setting.language)
    _check_again(attrs, notes, source.at, scope.report)
    placed, counted = counts_of(source, scope, setting.counts)
    if not source.attrs.get("opens"):
        _check_cues(notes, source.at, scope.report)
    elif draft.opened and not any(part.layout == ACTIVITY.name for part in arranged):
        notes = _cued(notes, draft.opened, source.at, scope.report)
        scope.footnotes.append(draft.opened.runs[0].text)  # its section stands in the notes
    whole = replace(
        _whole(source, stage, attrs, scope, setting),
        title=draft.title,
        notes=notes,
        opened=draft.opened,
        source=_source_line(exhibits, scope, setting, arranged),
        continued=continued,
        untitled=untitled,
        placed=placed,
        counted=counted,
    )
    return tuple(_part(whole, part, first=place == 0) for place, part in enumerate(arranged))


def _draft(source: src.SlideSource, setting: Setting) -> Draft:
    """Return a draft with what all slides share."""
    return Draft(
        attrs=source.attrs,
        title=(),
        blocks=(),
        measure="",
        at=source.at,
        language=setting.language,
        marks=setting.marks,
        learnt=setting.learnt,
        phases=setting.phases,
        cut=setting.cut,
        talk=setting.policy.overfull == "freely",
    )


def _named_by(blocks: tuple[model_blocks.Block, ...]) -> model_blocks.Runs:
    """Return the hidden title of a slide without one, for those who hear it: its first words."""
    first = next((line.text for line in text_of(blocks) if line.text.strip()), "")
    first = first or next((b.alt for b in blocks if isinstance(b, model_blocks.ShownPicture) and b.alt), "")
    words = first.replace("\v", " ").split()
    shown = " ".join(words[:NAMED_BY]) + ("…" if len(words) > NAMED_BY else "")
    return (model_blocks.Run(shown),) if shown else ()


def _whole(
    source: src.SlideSource, stage: src.StageSource, attrs: markup.Attrs, scope: Scope, setting: Setting
) -> kit.Slide:
    """Return a slide without title, notes and content."""
    return kit.Slide(
        id=source.id,
        layout="",
        title=(),
        slots=(),
        stage=stage.id,
        minutes=0 if "hidden" in attrs.classes else attrs.number("minutes"),
        priority=next((c for c in attrs.classes if c in PRIORITIES), "core"),
        must="must" in attrs.classes,
        hidden="hidden" in attrs.classes,
        background=background_of(attrs, source.at, scope),
        at=source.at,
        teaches=taught(source.attrs),
        runs=_runs(replace(source, notes=()), scope),
        cites=tuple(key for key in dict.fromkeys(scope.cited) if key in scope.sources),
        answers=attrs.names("answers"),
        counts=attrs.get("counts"),
        does=attrs.get("does"),
        bet=source.bet if setting.policy.plan == "slot" and "asks" in traits(attrs.get("layout")) else "",
        again=_again(attrs),
        strip=attrs.get("strip"),
        each=int(attrs.number("each")),
        quiz=attrs.get("quiz"),
        promise="promise" in attrs.classes,
        chosen="layout" in source.attrs,
        works=any(isinstance(block, markup.Div) and block.name == markup.LIST for block in source.blocks),
    )


def _again(attrs: markup.Attrs) -> float:
    """Return the minutes of the slot from which on a bet is placed again after talk; infinite for never."""
    return math.inf if attrs.get("again") in ("", "no") else attrs.number("again")


def _check_again(attrs: markup.Attrs, notes: tuple[kit.Note, ...], at: At, report: Report) -> None:
    """Report a bet that can't be placed again after talk: no bet, nothing to say in between, or too little time."""
    if math.isinf(_again(attrs)):
        return
    if "asks" not in traits(attrs.get("layout")):
        report.error("again= is on a slide that asks for no bet", at, "take it out, or write layout=predict", "again")
        return
    if not any(note.kind == "hint" for note in notes):
        mend = "write **Hint** and a sentence that helps without giving the answer away"
        report.error("the room bets again here, and the notes have no Hint for it", at, mend, "again")
    if attrs.get("again") == "yes" and attrs.number("minutes") < IN_ROOM.twice:
        message = f"again=yes needs {IN_ROOM.twice:g} minutes, and this bet has {attrs.number('minutes'):g}"
        mend = f"write minutes={IN_ROOM.twice:g}; with again=90 it has them from 90 minutes on"
        report.error(message, at, mend, "again")


def _opened(source: src.SlideSource, scope: Scope, setting: Setting) -> model_blocks.Line | None:
    """Return the line that says what to open: the address or the file, and the title of the section."""
    opened = source.attrs.get("opens")  # a demo, maybe in a state: votes?picks=ABA
    demo = opened.partition("?")[0]
    if not demo:
        return None
    fixed, found = messages(setting.language), scope.findings.get(demo)
    if demo != MAP and (found is None or found.about is None):
        if demo not in scope.failed:
            hint = did_you_mean(demo, scope.findings) or "name a demo that a slide of the kit shows"
            scope.report.error(f"opens={demo}: no run of this kit has that name", source.at, hint, "unknown-name")
        return None
    shown = setting.explore_url.partition("://")[2].rstrip("/") or str(fixed["live-file"])
    section = curled(f'"{found.about.title}"', setting.language) if found and found.about else str(fixed["live-map"])
    link = f"{setting.explore_url}#{opened}" if setting.explore_url else ""
    address = model_blocks.Run(shown, strong=True, accent=True, link=link)
    return model_blocks.Line((address, model_blocks.Run(f", {section}")), at=source.at)


def _check_cues(notes: tuple[kit.Note, ...], at: At, report: Report) -> None:
    """Report something to show on the companion page if the slide doesn't say in which section."""
    if any(note.kind == "show" for note in notes):
        report.error(
            "the notes say what to show, and the slide opens no section", at, "write opens= and a demo", "opens"
        )


def _cued(notes: tuple[kit.Note, ...], opened: model_blocks.Line, at: At, report: Report) -> tuple[kit.Note, ...]:
    """Return notes in which what is to be shown on the companion page begins with the page and its section."""
    if not any(note.kind == "show" for note in notes):
        mend = "write **Show** in the notes, and what to do there; or numbered steps on the slide"
        report.error("opens= is on a slide that doesn't say what to do on the page", at, mend, "opens")
    stop = model_blocks.Run(". ")
    return tuple(
        replace(note, prose=model_blocks.Prose((replace(first, runs=(*opened.runs, stop, *first.runs)), *others)))
        if note.kind == "show"
        else note
        for note in notes
        for first, *others in (note.prose.lines,)
    )


def _advise_neutral(neutral: str | None, source: src.SlideSource, scope: Scope) -> None:
    """Say so if a slide's title takes its neutral wording for other runs than the kit's own."""
    if neutral is None or not scope.varied:
        return
    said = f"slide '{source.id}' is titled '{neutral}': its usual title isn't true {scope.varied}"
    scope.report.advise(said, source.at, code="neutral")


def _part(whole: kit.Slide, part: Arranged, *, first: bool) -> kit.Slide:
    """Return one of the slides that a source slide becomes; notes and minutes go to the first."""
    shown = replace(
        whole,
        layout=part.layout,
        slots=part.slots,
        source=None if "unsourced" in traits(part.layout) else whole.source,
    )
    return shown if first else replace(shown, id=f"{whole.id}-more", notes=(), minutes=0, continued=True)


def _runs(slide: src.SlideSource, scope: Scope) -> tuple[str, ...]:
    """Return the runs that a slide refers to, including those behind its exercises' numbers."""
    names = [name for name, _ in names_in(slide, scope.audience)]
    if TASKS in names:
        values = (expression for expression, _ in expressions_in(slide, scope.audience))
        names += [name for expression in values for name in scope.runs_of(expression)]
    return tuple(dict.fromkeys(name for name in names if name in scope.findings))


def _exhibits_of(source: src.SlideSource, scope: Scope) -> list[Exhibit]:
    """Return the exhibits that a slide shows, without reporting problems: its blocks did that."""
    if not scope.report.has_room(limits.EXHIBITS, limits.NUMBERS_SHOWN):
        return []
    quiet = replace(scope, report=Report())
    pictures = [node for node in nodes(source.blocks, scope.audience) if isinstance(node, markup.Picture)]
    wanted = [p for p in pictures if p.target.partition(":")[0] in ("chart", "table", "code")]
    return [found for picture in wanted if (found := find_exhibit(picture, quiet)) is not None]


def background_of(attrs: markup.Attrs, at: At, scope: Scope) -> Path | None:
    """Return the picture behind a slide."""
    picture = attrs.get("background-image")
    if not picture:
        return None
    image = find_picture(markup.Picture(picture, (), markup.Attrs(pairs=(("alt", "-"),)), at), scope)
    return image.path if isinstance(image, model_blocks.ShownPicture) else None


def _with_exercise(
    source: src.SlideSource, resolver: Resolver, setting: Setting
) -> tuple[markup.Attrs | None, tuple[model_blocks.Block, ...], tuple[model_blocks.Block, ...]]:
    """Return the slide's attributes and blocks, and the text that a task in short works on.

    An ``exercise:`` picture becomes the exercise's task and hint.
    """
    picture = next(
        (b for b in source.blocks if isinstance(b, markup.Picture) and b.target.startswith("exercise:")), None
    )
    if picture is None:
        return source.attrs, resolver.blocks(source.blocks), ()
    name = picture.target.partition(":")[2]
    exercise = setting.exercises.get(name)
    if exercise is None:
        if name in setting.unseen:
            mend = "show both to the same audiences and stages, with for= or --stage"
            resolver.scope.report.error(f"the exercise '{name}' is left out here", picture.at, mend, "unseen-exercise")
        return None, (), ()
    hint = (Hint("", exercise.hint, exercise.at),) if exercise.hint else ()
    pairs = dict(source.attrs.pairs)
    pairs.setdefault("minutes", str(exercise.minutes))
    pairs["layout"] = EXERCISE.name
    attrs = markup.Attrs(source.attrs.id, source.attrs.classes, tuple(pairs.items()))
    own = resolver.blocks(tuple(b for b in source.blocks if b is not picture))
    task, given = _on_a_slide(exercise.task), tuple[model_blocks.Block, ...]()
    if any(isinstance(block, model_blocks.Prose) for block in own):  # a shorter wording of the task for the screen
        tables = [block for block in (*own, *task) if isinstance(block, model_blocks.ShownTable)]
        given = tuple(block for block in task if isinstance(block, Given))[:1]
        task = (*(block for block in own if not isinstance(block, model_blocks.ShownTable)), *tables[:1])
    return attrs, (*task, *hint), given


def _on_a_slide(blocks: tuple[model_blocks.Block, ...]) -> tuple[model_blocks.Block, ...]:
    """Return a task without its charts and without paper-only elements such as lines to write on."""

    def seen(block: model_blocks.Block) -> bool:
        construct = BY_BLOCK.get(type(block))
        return not (isinstance(block, model_blocks.ShownChart) or (construct is not None and construct.slide is unseen))

    return tuple(filter(seen, blocks))


def _source_line(
    exhibits: list[Exhibit], scope: Scope, setting: Setting, arranged: tuple[Arranged, ...]
) -> kit.SourceLine | None:
    """Return the mark of honesty: that of the exhibits, else of the values printed, else just the citations."""
    honesty, basis = None, ""
    used = [name for name in dict.fromkeys(scope.used) if name in scope.findings]
    if any("awaits" in traits(part.layout) for part in arranged):  # the name of the run could give the answer away
        pass
    elif exhibits:
        honesty = next(h for h in GRAVEST if any(e.honesty is h for e in exhibits))
        basis = listed_in(tuple(dict.fromkeys(e.basis for e in exhibits if e.basis)), scope.language)
    elif used:
        behind = [e.honesty for name in used for e in scope.findings[name].exhibits.values()]
        honesty = next((h for h in GRAVEST if h in behind), Honesty.REAL)
        basis = listed_in(tuple(dict.fromkeys(filter(None, (_basis(scope, name) for name in used)))), scope.language)
    if honesty is Honesty.SUPPLIED and setting.policy.digits == "free":  # in a talk, all data are the author's
        honesty, basis = None, ""
    cited = [scope.sources[key] for key in dict.fromkeys(scope.cited) if key in scope.sources]
    short = _short(basis, list(dict.fromkeys(work.who for work in cited)))
    full = " · ".join(filter(None, (basis, *map(_credit, cited))))
    text = " · ".join(filter(None, (short, *scope.footnotes)))
    if honesty is None and not (text and arranged):
        return None
    return kit.SourceLine(honesty, text, setting.seed if honesty else 0, full if full != short else "")


def _short(basis: str, works: Sequence[str]) -> str:
    """Return the words after the mark: the first work, and of other works and the basis what few words can say."""
    room, kept = SOURCE_WORDS, list[str]()
    for who in (re.sub(r" \(.*?\)", "", work) for work in works) if len(works) > 1 else works:
        if not kept or len(who.split()) <= room:
            kept.append(who)
            room -= len(who.split())
    return " · ".join(filter(None, (_beginning(basis, room), *kept)))


def _beginning(text: str, most: int) -> str:
    """Return as many whole clauses from the beginning of a text as have at most so many words.

    >>> _beginning("a tiny model, actually trained; places drawn at random", 6)
    'a tiny model, actually trained'
    """
    ends = [found.start() for found in re.finditer(r"[;,:] | \(|$", text)]
    parts = (text[:end] for end in ends if len(text[:end].split()) <= most)
    return max((part for part in parts if part.count("(") == part.count(")")), key=len, default="")


def _basis(scope: Scope, run: str) -> str:
    """Return the basis of a run, from its first exhibit that has one."""
    return next((e.basis for e in scope.findings[run].exhibits.values() if e.basis), "")


def _credit(work: Source) -> str:
    """Return all that is known of a work, for the notes."""
    return "; ".join(filter(None, (f"{work.who}: {work.work}", work.version, work.measured_on, work.caveat)))


def plan_notes(blocks: tuple[markup.Block, ...], resolver: Resolver, language: str) -> tuple[kit.Note, ...]:
    """Return notes by kind; a paragraph without a bold label continues the one before."""
    labels = {label: kit.NOTE_KINDS[k] for label, k in labels_of_notes(language).items()}
    notes: list[kit.Note] = []
    for block in blocks:
        for resolved in resolver.blocks((block,)):
            for line in _spoken(resolved):
                kind, rest = _labelled(line, labels)
                if kind is None and (meant := _meant(line, labels)):
                    resolver.scope.report.warn(
                        f"'{line.runs[0].text}' isn't a label for notes",
                        line.at,
                        f"did you mean '{meant}'?",
                        "note-label",
                    )
                if kind is None and notes:
                    notes[-1] = kit.Note(notes[-1].kind, model_blocks.Prose((*notes[-1].prose.lines, rest)))
                else:
                    notes.append(kit.Note(kind or "", model_blocks.Prose((rest,))))
    return tuple(note for note in notes if any(line.runs for line in note.prose.lines))


def _spoken(block: model_blocks.Block) -> tuple[model_blocks.Line, ...]:
    """Return a block of the notes as lines of text: a table row by row, code line by line, a picture as its alternative text."""
    match block:
        case model_blocks.ShownTable():
            rows = (block.header, *block.rows)
            cells = (tuple(model_blocks.plain(cell) for cell in row) for row in rows)
            return tuple(_line(" | ".join(row), block.at) for row in cells if any(row))
        case model_blocks.ShownCode():
            return tuple(_line(line, block.at, code=True) for line in block.text.split("\n") if line.strip())
        case model_blocks.ShownPicture() | model_blocks.ShownChart():
            return (_line(block.alt, block.at),) if block.alt else ()
        case _:
            return text_of((block,))


def _line(text: str, at: At, *, code: bool = False) -> model_blocks.Line:
    return model_blocks.Line((model_blocks.Run(text, code=code),), at=at)


def _meant(line: model_blocks.Line, labels: Mapping[str, str]) -> str:
    """Return the label that a bold word at the beginning of a line seems to be, or "" if it is another word."""
    if not line.runs or not line.runs[0].strong or line.marker != "none":
        return ""
    word = line.runs[0].text.strip().rstrip(":.").lower()
    near = get_close_matches(word, labels, 1, NEAR_LABEL) if " " not in word and word not in labels else []
    return near[0].capitalize() if near else ""


def _labelled(line: model_blocks.Line, labels: Mapping[str, str]) -> tuple[str | None, model_blocks.Line]:
    if not line.runs or not line.runs[0].strong or line.marker != "none":
        return None, line
    head, *rest = line.runs
    kind = labels.get(head.text.strip().rstrip(":.").lower())
    if kind is None:
        return None, line
    if rest:
        rest[0] = replace(rest[0], text=rest[0].text.lstrip(" :"))
    return kind, replace(line, runs=tuple(run for run in rest if run.text or run.blank))


def divider(stage: src.StageSource, resolver: Resolver, setting: Setting) -> kit.Slide:
    """Return the divider slide of a numbered stage, made from its front matter."""
    at = stage.at
    fill = resolver.scope.fill
    words = messages(setting.language)

    def line(text: str) -> model_blocks.Prose:
        return one_line((model_blocks.Run(text),), at)

    objectives = tuple(
        model_blocks.Line((model_blocks.Run(fill(text, at)),), marker="bullet", at=at) for text in stage.meta.objectives
    )
    slots: list[tuple[str, tuple[model_blocks.Block, ...]]] = [("numeral", (line(str(stage.number)),))]
    if question := stage.meta.question:
        slots.append(("question", (line(fill(question, at)),)))
    if objectives:
        slots += [("label", (line(str(words["after-this-stage"])),)), ("main", (model_blocks.Prose(objectives),))]
    return kit.Slide(
        id=stage.id,
        layout=SECTION.name,
        title=(model_blocks.Run(stage.title),),
        slots=tuple(slots),
        notes=(),
        source=None,
        stage=stage.id,
        at=at,
    )


def heading_slide(source: src.SlideSource, stage: src.StageSource, resolver: Resolver, language: str) -> kit.Slide:
    """Return the divider slide for a heading above slide level in a single file."""
    return kit.Slide(
        id=source.id,
        layout=STATEMENT.name,
        title=resolver.runs(source.title),
        slots=(),
        notes=plan_notes(source.notes, resolver, language),
        source=None,
        stage=stage.id,
        at=source.at,
    )

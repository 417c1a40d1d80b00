"""Divs that are drawn: diagrams and the map of all sections."""

from __future__ import annotations

from workshop.constructs.construct import Construct, Data, Paper, Resolving, drawn
from workshop.errors import At
from workshop.model import markup
from workshop.model.blocks import Block, Diagram, Map, Runs, Step, plain

# Diagrams: a list drawn as boxes in a row, joined by arrows.
ROLES = ("open", "accent", "panel")  # classes of its items
LEAST, MOST = 2, 5  # boxes


def _diagram(div: markup.Div, resolving: Resolving, step: int) -> tuple[Block, ...]:
    steps: list[Step] = []
    figures: list[str] = []
    faulty = False
    for block in div.blocks:
        if not isinstance(block, markup.ListBlock):
            resolving.error(
                "a diagram is one list", getattr(block, "at", div.at), "write one item per box: - **Name**: gloss"
            )
            faulty = True
            continue
        for item in block.items:
            if resolving.sees(item.attrs):
                made, figure = _box(item, resolving)
                steps.append(made)
                figures.append(figure)
    if not LEAST <= len(steps) <= MOST:
        resolving.error(
            f"a diagram has two to five boxes, not {len(steps)}",
            div.at,
            "it is shown as text" if resolving.talk else "",
        )
        faulty = True
    if faulty and resolving.talk:
        return resolving.blocks(div.blocks, step)
    under = (figure.replace(" | ", ", ") or plain(step.tiles) for step, figure in zip(steps, figures, strict=True))
    named = (f"{step.name} ({words})" if words else step.name for step, words in zip(steps, under, strict=True))
    alt = resolving.fill(div.attrs.get("alt"), div.at) or "Diagram: " + ", then ".join(named)
    back = resolving.fill(div.attrs.get("back"), div.at)
    return (Diagram(steps=tuple(steps), alt=alt, back=back, figures=tuple(figures) if any(figures) else (), at=div.at),)


def _under(item: markup.Item, resolving: Resolving) -> tuple[Runs, Block | None]:
    """Return the words and the exhibit of the only item of the list in an item."""
    under = next((block for block in item.blocks if isinstance(block, markup.ListBlock)), None)
    found = next((i for i in under.items if resolving.sees(i.attrs)), None) if under else None
    if found is None:
        return (), None
    pictures = tuple(block for block in found.blocks if isinstance(block, markup.Picture | markup.TableBlock))
    return resolving.first_line(found), next(iter(resolving.blocks(pictures)), None)


def _figure(runs: Runs) -> str:
    """Return the text under a box, "figure | note"."""
    figure = plain(tuple(run for run in runs if run.strong)) or plain(runs)
    note = plain(tuple(run for run in runs if not run.strong)) if figure != plain(runs) else ""
    return " | ".join(filter(None, (figure.strip(), note.strip())))


def _box(item: markup.Item, resolving: Resolving) -> tuple[Step, str]:
    """Return a box, and the figure under it."""
    runs = resolving.first_line(item)
    name = plain(tuple(run for run in runs if run.strong)) or plain(runs)
    gloss = "" if not any(run.strong for run in runs) else plain(tuple(run for run in runs if not run.strong))
    role = next((c for c in item.attrs.classes if c in ROLES), "")
    link = next((run.link for run in runs if run.link), "")
    under, shown = _under(item, resolving)
    tiles = under if any(run.tile for run in under) else ()
    step = Step(
        name.strip().rstrip(":"),
        gloss.strip().lstrip(":").strip(),
        role,
        link=link,
        picture=resolving.drawing(item.attrs.get("draw"), item.at),
        tiles=tiles,
        shown=shown,
    )
    return step, "" if tiles else _figure(under)


def steps_data(steps: tuple[Step, ...], alt: str, back: str, page: Paper, at: At) -> Data:
    """Return boxes in a row."""
    boxes = [{"name": page.text(step.name, at), "gloss": page.text(step.words, at)} for step in steps]
    return {"type": "steps", "steps": boxes, "alt": page.text(alt, at), "back": page.text(back, at)}


def _on_paper(diagram: Diagram, page: Paper, _at: At) -> list[Data]:
    return [steps_data(diagram.steps, diagram.alt, diagram.back, page, diagram.at)]


def _map_on_paper(shown: Map, page: Paper, at: At) -> list[Data]:
    return [steps_data(tuple(tile for phase in shown.phases for tile in phase.tiles), shown.alt, "", page, at)]


DRAWINGS = (
    Construct(
        name="diagram",
        meaning="boxes in a row, joined by arrows: a list with one item per box",
        example="- **Picks**: which answer is better?\n- **Learns**: from the pick",
        keys=("alt", "back"),
        classes=ROLES,
        block=Diagram,
        resolve=_diagram,
        layout="diagram",
        slide=drawn,
        paper=_on_paper,
    ),
    Construct(name="map", example="", fenced=False, block=Map, slide=drawn, paper=_map_on_paper),
)

"""The garden, the world of the built-in kit, for tests of single demos and toys."""

from workshop.ai_models.parts.roles import World
from workshop.ai_models.register import kit_folder
from workshop.ai_models.toys.grammar import grammar
from workshop.ai_models.toys.probe import Nouns
from workshop.ai_models.toys.tool_shed import Shed

FOLDER = kit_folder() / "worlds" / "garden"
WORLD = World.load(FOLDER / "world.yaml")
GRAMMAR = grammar(WORLD.grammar())
THINGS, PLACES = WORLD.things, WORLD.places
NOUNS = Nouns(THINGS[:8], WORLD.many, WORLD.near)


def shed(rng):
    """Return the garden's things in their places."""
    return Shed.arranged(THINGS, PLACES, rng)

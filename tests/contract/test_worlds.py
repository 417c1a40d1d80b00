"""Tests the ready worlds: the same plans, numbers, claims and bets in each, and no word of another one in any file."""

import html
import io
import re
import string
import zipfile
from pathlib import Path

import numpy as np
import pypdf
import pytest
import yaml
from msgspec import structs

from tests.contract import kits
from tests.tiers import few
from workshop.ai_models.parts.asking import shelves
from workshop.ai_models.parts.by_letters import lacking
from workshop.ai_models.parts.roles import TAKEN, World
from workshop.ai_models.register import kit_folder
from workshop.build import build, plan
from workshop.check.coverage import words_of
from workshop.check.nonsense import told
from workshop.cli.new import EXAMPLE, world_files
from workshop.content import load
from workshop.inputs.drafted_cards import drafted
from workshop.inputs.library import Documents
from workshop.inputs.library_questions import lines_of
from workshop.inputs.question_lines import written
from workshop.model.frozen import Frozen
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.runs.runner import RunRequest, run_demo

HOME = kit_folder() / "worlds"
WORLDS = sorted(path.parent.name for path in HOME.glob("*/world.yaml"))
REGISTRY = standard_registry()
SLOTS = (("general", 180), ("students", 90), ("executives", 45), ("engineers", 180), ("general", kits.ALL))
ROLE_DEMOS = ("trigram", "temperature", "release_gate", "hallucination", "mixture", "collapse", "probe", "attention", "neural", "fine_tuning", "forgetting", "wrappers")  # fmt: skip
TIERS = dict.fromkeys(ROLE_DEMOS[:7], ()) | {"attention": pytest.mark.broad, "wrappers": pytest.mark.broad}
STRESS = "stress"


@pytest.fixture(scope="module")
def stress(tmp_path_factory):
    """A world of words with fourteen letters, made from the garden's one by one."""
    folder = tmp_path_factory.mktemp("worlds") / "worlds" / STRESS
    folder.mkdir(parents=True)
    rng, made = np.random.default_rng(0), dict[str, str]()

    def new(word):
        letters = "".join(rng.choice(list(string.ascii_lowercase), 14))
        return made.setdefault(word, letters.rstrip("s").ljust(14, "t"))

    def other(value, path=()):
        if isinstance(value, dict):
            return {key: other(part, (*path, key)) for key, part in value.items()}
        if isinstance(value, list):
            return [other(part, path) for part in value]
        kept = path[:1] in (("name",), ("a",), ("our",), ("sentences",), ("page",)) or path[-1] in (
            "why",
            "says",
            "relations",
        )
        return value if kept or (value in TAKEN and path[0] != "grammar") else new(value)

    garden = yaml.safe_load((HOME / "garden" / "world.yaml").read_text("utf-8"))
    given = other(garden)
    given["forbidden"]["word"] = given["grammar"]["does"][1][:6]
    (folder / "world.yaml").write_text(yaml.safe_dump(given, sort_keys=False))
    rules = (HOME / "garden" / "rules.csv").read_text("utf-8")
    (folder / "rules.csv").write_text(rules + f"{given['locked']['thing']},3\n")
    return folder


def numbers(value, path=""):
    """Yield every number among facts with its name; ``True`` and ``False`` aren't numbers."""
    if isinstance(value, Frozen | dict):
        for name in value:
            yield from numbers(value[name], f"{path}.{name}")
    elif isinstance(value, tuple):
        for place, part in enumerate(value):
            yield from numbers(part, f"{path}[{place}]")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield path, value


def found(demo, folder, cache, seed=0):
    data = dict(load(kit_folder())[0].data[demo]) | {"world": folder / "world.yaml"}
    if "rules" in data:
        data["rules"] = folder / "rules.csv"
    asked = RunRequest(name=demo, demo=demo, knobs={}, data=data, at=None)
    return dict(numbers(run_demo(asked, REGISTRY, seed=seed, cache=cache).facts))


@pytest.mark.parametrize("demo", [pytest.param(demo, marks=TIERS.get(demo, pytest.mark.slow)) for demo in ROLE_DEMOS])
def test_a_demo_has_the_same_numbers_in_every_world(demo, stress, cache):
    garden = found(demo, HOME / "garden", cache)
    assert len(garden) > 5
    for folder in (*(HOME / name for name in WORLDS), stress):
        assert found(demo, folder, cache) == garden, folder.name


def planned(world, audience, minutes, cache, seed=0):
    request = Request(audience=audience, minutes=minutes, cache=cache, world=world, seed=seed)
    return plan(kit_folder(), request, REGISTRY, base=None)


def foreign(*folders):
    """Return a pattern of the words and card titles of worlds that are none of this one's, and the words that are allowed.

    Args:
        folders: that of the world, and those of the worlds that it is like, whose cards it doesn't show.
    """
    files = [path for path in folders[0].iterdir() if path.is_file()]
    files += [
        path for folder in folders[1:] for path in folder.iterdir() if path.name not in ("library.md", "questions.yaml")
    ]
    said = " ".join(path.read_text("utf-8") for path in files).lower()
    allowed = {*load(kit_folder())[0].style.allowed, *re.findall(r"[a-z]+", said)}
    words = {word for name in WORLDS if HOME / name not in folders for word in words_of(HOME / name)}
    mine = {card.title for card in Documents.load(folders[0] / "library.md").items}
    others = [HOME / name for name in WORLDS if HOME / name != folders[0]]
    titles = {card.title for folder in others for card in Documents.load(folder / "library.md").items}
    titles = {title for title in titles - mine if title.lower() not in said}  # a ballot or a question may name a card
    parts = sorted({word for word in words if word not in allowed}) + sorted(map(re.escape, titles))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?:e?s)?(?![\w\u00ad\u2010-])", re.IGNORECASE), allowed


def strange(text, *folders):
    pattern, allowed = foreign(*folders)
    text = re.sub(r"\b(?:BIG|SWE)\W{1,3}bench", "", text, flags=re.IGNORECASE)  # names of published tests
    return sorted({word for word in pattern.findall(text) if word.lower() not in allowed})


def texts(kit):
    """Return all lines of slides and notes, hidden ones too, and of sheets with their keys."""
    parts = [*(slide for stage in kit.stages for slide in stage.slides), *kit.appendix]
    parts = [(s.title, s.slots, s.notes) for s in parts]
    parts += [(e.title, e.task, e.hint, e.solution) for sheet in kit.sheets for e in sheet.exercises]
    return "\n".join(line for part in parts for line, _ in told(part))


@pytest.mark.broad
@pytest.mark.parametrize("world", few(WORLDS, "hospital"))
def test_a_plan_in_one_world_says_no_word_of_another(world, cache):
    kit, problems = planned(world, "general", 180, cache)
    assert [str(problem) for problem in problems if problem.code in ("left-out", "neutral", "own-data")] == []
    assert strange(texts(kit), HOME / world) == []


def test_one_word_of_another_world_would_be_found(cache):
    kit, _ = planned("hospital", "general", 180, cache)
    assert strange(f"{texts(kit)}\nWhere are the spades?", HOME / "hospital") == ["spades"]
    assert strange("The ladder rules say so.", HOME / "law-office") != []


@pytest.mark.broad
@pytest.mark.parametrize(
    ("audience", "minutes"), [*SLOTS[:3], *(pytest.param(*slot, marks=pytest.mark.slow) for slot in SLOTS[3:])]
)
@pytest.mark.parametrize("world", [name for name in WORLDS if name != "garden"])
def test_every_plan_has_the_slides_of_the_gardens_and_no_word_of_another_world(world, audience, minutes, cache):
    garden, _ = planned("garden", audience, minutes, cache)
    kit, _ = planned(world, audience, minutes, cache)
    ids = [[slide.id for stage in out.stages for slide in stage.slides] for out in (garden, kit)]
    assert ids[0] == ids[1]
    assert strange(texts(kit), HOME / world) == []


def bets(kit):
    """Return id of a bet -> how many of its options are right, of those that say which is."""
    slides = [slide for stage in kit.stages for slide in stage.slides if slide.layout == "predict"]
    lines = {
        slide.id: [line for _, blocks in slide.slots for b in blocks for line in getattr(b, "lines", ())]
        for slide in slides
    }
    return {
        name: sum(bool(line.right) for line in some)
        for name, some in lines.items()
        if any(line.right is not None for line in some)
    }


@pytest.mark.broad
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 10))])
@pytest.mark.parametrize("world", WORLDS)
def test_each_bet_has_one_right_option_and_no_slide_is_lost_that_the_garden_has(world, seed, cache):
    _, told_there = planned("garden", "general", kits.ALL, cache, seed)
    kit, told_here = planned(world, "general", kits.ALL, cache, seed)
    assert set(bets(kit).values()) == {1}
    lost = [
        {p.message.partition(":")[0] for p in some if p.code in ("left-out", "neutral")}
        for some in (told_there, told_here)
    ]
    assert lost[1] <= lost[0]


def texts_of(name, content):
    """Return the text of a finished file."""
    if name.endswith(".pdf"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    if name.endswith((".pptx", ".docx")):
        archive = zipfile.ZipFile(io.BytesIO(content))
        kept = [
            n for n in archive.namelist() if n.endswith(".xml") and re.search(r"slides/|notesSlides/|charts/|word/", n)
        ]
        return "\n".join(" ".join(re.findall(r"<(?:\w+:)?(?:t|v)>([^<]*)<", archive.read(n).decode())) for n in kept)
    # what the page's program looks words up in isn't read: the commonest words of a dictionary, names of colours
    page = re.sub(r"<(script|style)\b.*?</\1>", "", content.decode(), flags=re.DOTALL)
    return html.unescape(re.sub(r"</?(?!img)[^>]*>", " ", page))


def strange_files(folder, *folders):
    """Return name of a finished file -> its words of other worlds."""
    files = {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    read = {name: content for name, content in files.items() if name.endswith((".pdf", ".pptx", ".docx", ".html"))}
    assert {"deck.pptx", "explore.html"} <= set(read)
    return {name: found for name, content in read.items() if (found := strange(texts_of(name, content), *folders))}


@pytest.mark.broad
@pytest.mark.long
@pytest.mark.parametrize(
    "world", [one if one == "hospital" else pytest.param(one, marks=pytest.mark.slow) for one in WORLDS]
)
def test_no_finished_file_has_a_word_of_another_world(world, cache, tmp_path):
    request = Request(audience="general", minutes=180, cache=cache, world=world, everything=True)
    built = build(kit_folder(), request, REGISTRY, base=None, out=tmp_path / world)
    assert built.written
    assert strange_files(tmp_path / world, HOME / world) == {}


# ---------------------------------------------------------------- of a client's documents
DOCUMENTS = Path(__file__).parent.parent / "fixtures" / "documents"
SETS = sorted(path.name for path in DOCUMENTS.iterdir() if path.is_dir())


@pytest.fixture(params=few(SETS, "bank", ci=("library",)))
def decided(request, tmp_path):
    """The folder of a world made of documents in the current folder's way, with an answer to each line that was drafted."""
    files = world_files("theirs", HOME, EXAMPLE, drafted(DOCUMENTS / request.param), REGISTRY)
    lines = lines_of(files["questions.yaml"], "questions.yaml")
    answers = yaml.safe_load((DOCUMENTS / f"{request.param}.yaml").read_text("utf-8"))
    assert len(lines) <= 30
    assert set(answers) <= {line.question for line in lines}
    made = [structs.replace(line, card=answers.get(line.question, line.card), waits=False) for line in lines]
    folder = tmp_path / request.param
    folder.mkdir()
    for name, text in (files | {"questions.yaml": written(made)}).items():
        (folder / name).write_text(text, "utf-8")
    return folder


def test_a_library_of_documents_lacks_nothing_once_its_lines_are_decided(decided):
    own, *_ = shelves(World.load(decided / "world.yaml"))
    assert list(own.lacks()) == []
    assert list(lacking(own)) == []


@pytest.mark.parametrize(
    ("audience", "minutes"),
    [pytest.param("executives", 45, marks=pytest.mark.broad), pytest.param("general", 180, marks=pytest.mark.slow)],
)
def test_a_plan_with_a_clients_documents_speaks_of_no_other_place(decided, audience, minutes, cache):
    kit, problems = planned(str(decided), audience, minutes, cache)
    assert [
        str(problem) for problem in problems if problem.code == "own-data"
    ] == []  # else an example's library is shown
    assert strange(texts(kit), decided, HOME / EXAMPLE) == []
    assert any(card.title in texts(kit) for card in Documents.load(decided / "library.md").items)


@pytest.mark.slow
@pytest.mark.long
def test_no_finished_file_of_a_client_has_a_word_of_another_place(decided, cache, tmp_path):
    request = Request(audience="executives", minutes=45, cache=cache, world=str(decided), everything=True)
    assert build(kit_folder(), request, REGISTRY, base=None, out=tmp_path / "out").written
    assert strange_files(tmp_path / "out", decided, HOME / EXAMPLE) == {}

"""Tests new kits, demos and audiences: they can be built at once, show how things are done, and overwrite nothing."""

import ast
import json
import shutil
from pathlib import Path

import pytest
import yaml

from tests.cli.test_schemas import as_an_editor_reads
from tests.files.faults import Watch, watched
from workshop.build import prepare
from workshop.cli.asked import builtin_kit
from workshop.cli.new import new_audience, new_demo, new_kit
from workshop.errors import Severity, WorkshopError
from workshop.files.journal import JOURNAL, STAGING
from workshop.inputs.library import Documents
from workshop.model.request import Request
from workshop.plan.invariants.rules import RULES
from workshop.plugins.registry import standard_registry


@pytest.fixture
def place(tmp_path, monkeypatch):
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def made(place):
    """A new kit, and the request of its first build."""
    trusted = place / "settings" / "trusted.txt"
    new_kit(Path("my-kit"), trusted=trusted)
    return Path("my-kit"), Request(trusted=trusted)


def check(kit, request):
    laid, found = prepare(kit, request, standard_registry(), base=None)
    return laid.kit, [str(p) for p in found if p.severity > Severity.ADVICE]


@pytest.fixture
def run(place, cache, monkeypatch, typed):
    monkeypatch.setenv("WORKSHOP_CACHE", str(cache))
    monkeypatch.setenv("WORKSHOP_CONFIG", str(place / "settings"))
    return typed


def test_a_new_kit_passes_check_and_builds_without_another_option(run):
    assert run("new", "my-kit")[0] == 0
    code, out, _ = run("check", "my-kit")
    assert (code, out) == (0, "no problems\n")
    assert run("build", "my-kit", "--quiet")[0] == 0
    names = sorted(p.name for p in Path("dist/my-kit-general").iterdir())
    assert {"deck.pptx", "sheets.pdf", "answers.pdf", "facilitator.pdf"} <= set(names)


def test_a_new_kit_shows_everything_that_an_author_may_write(made):
    kit, request = made
    files = {p.relative_to(kit).as_posix() for p in kit.rglob("*") if p.is_file()}
    assert files == {
        "kit.yaml",
        "01-the-queue.md",
        "02-the-counter.md",
        "exercises/01-the-queue.md",
        "demos/queue.py",
        "data/visitors.csv",
        "audiences/general.yaml",
        "glossary.yaml",
        "style.yaml",
        "README.md",
        *(f".schemas/{name}.json" for name in ("kit", "audience", "glossary", "style")),
    }
    for name in ("kit.yaml", "glossary.yaml", "audiences/general.yaml", "demos/queue.py"):
        assert "# " in (kit / name).read_text(), name
    for name in ("01-the-queue.md", "02-the-counter.md", "exercises/01-the-queue.md"):
        assert "<!-- " in (kit / name).read_text(), name
    planned, _ = check(kit, request)
    assert planned.title == "My kit"
    layouts = {slide.layout for slide in planned.slides}
    assert {"cover", "section", "predict", "chart-and-text", "chart", "exercise", "misconception", "table"} <= layouts


@pytest.mark.parametrize("seed", range(8))
def test_what_a_new_kit_says_holds_for_other_seeds(made, seed):
    kit, request = made
    assert check(kit, Request(trusted=request.trusted, seed=seed))[1] == []


def test_the_key_of_the_new_kit_follows_its_knob(made):
    kit, request = made
    planned, found = check(kit, Request(trusted=request.trusted, sets={("queue", "service"): "4"}))
    assert found == []
    (solution,) = planned.sheets[0].exercises[0].solution
    assert "".join(run.text for run in solution.lines[0].runs) == "60 ÷ 4 = 15 guests; and 60% of them: 9 guests."


def test_the_new_demo_agrees_with_the_theory_of_queues(made):
    from workshop.content import load
    from workshop.runs.own_code import with_own_code
    from workshop.runs.runner import RunRequest, run_demo

    kit, request = made
    registry = with_own_code(standard_registry(), load(kit)[0], trust=False, trusted=request.trusted)
    waits = [
        run_demo(RunRequest(name="queue", demo="queue", knobs={}, data={}, at=None), registry, seed=seed).facts["wait"][
            "calm"
        ]
        for seed in range(20)
    ]
    assert sum(waits) / len(waits) == pytest.approx(0.6 / 0.4 * 3, rel=0.05)


def test_a_changed_demo_of_the_new_kit_asks_for_trust(run):
    run("new", "my-kit")
    with Path("my-kit/demos/queue.py").open("a") as file:
        file.write("# mine\n")
    code, out, _ = run("check", "my-kit")
    assert code == 1
    assert "--trust" in out


def test_a_new_demo_can_be_put_on_a_slide_as_the_command_says(run):
    run("new", "my-kit")
    code, out, _ = run("new", "demo", "long_tail", "--kit", "my-kit")
    assert code == 0
    assert "add demos/long_tail.py to demos: in kit.yaml" in out
    settings = Path("my-kit/kit.yaml")
    settings.write_text(settings.read_text().replace("[demos/queue.py]", "[demos/queue.py, demos/long_tail.py]"))
    with Path("my-kit/02-the-counter.md").open("a") as file:
        file.write(
            "\n## A die has no favourite face {#die minutes=1}\n\n![](chart:long_tail.faces)\n\n"
            "- {{ long_tail.sixes | percent }} of {{ long_tail.throws }} are sixes\n\n"
            "::: notes\n**Say** A.\n\n**Next** B.\n:::\n"
        )
    code, out, err = run("check", "my-kit")
    assert (code, out) == (0, "no problems\n"), err


@pytest.mark.long
def test_a_new_audience_may_be_named_at_once(run):
    run("new", "my-kit")
    assert run("new", "audience", "shop-managers", "--kit", "my-kit")[0] == 0
    slides = Path("my-kit/02-the-counter.md")
    slides.write_text(slides.read_text().replace("{#idle minutes=3}", "{#idle minutes=3 for=-shop-managers}"))
    assert run("check", "my-kit")[0] == 0
    assert run("build", "my-kit", "--audience", "shop-managers", "--only", "deck", "--quiet")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("new", "full"), "is there already, and nothing is overwritten"),
        (("new", "full/kit.yaml"), "is there already"),
        (("new", "CON"), "cannot be named 'CON'"),
        (("new", "my:kit"), "cannot be named 'my:kit'"),
        (("new", "x" * 41), "cannot be named"),
        (("new", "talk.pptx", "--from", "full/kit.yaml"), "is not a presentation that can be read"),
        (("new", "talk", "talk.pptx"), "name it talk.md"),
        (("new", "demo", "long-tail", "--kit", "full"), "cannot be named 'long-tail'"),
        (("new", "demo", "../evil", "--kit", "full"), "cannot be named '../evil'"),
        (("new", "demo", "class", "--kit", "full"), "cannot be named 'class'"),
        (("new", "demo", "var", "--kit", "full"), "cannot be named 'var'"),
        (("new", "demo", "trigram", "--kit", "full"), "there is already a demo named 'trigram'"),
        (("new", "demo", "queue", "--kit", "full"), "is there already"),
        (("new", "demo", "long_tail"), "there is no kit.yaml in '.'"),
        (("new", "audience", "general", "--kit", "full"), "is there already"),
        (("new", "audience", "The Boss", "--kit", "full"), "cannot be named 'The Boss'"),
        (("new", "audience", "boss", "--kit", "empty"), "there is no kit.yaml in 'empty'"),
        (("new", "--frob"), "No such option"),
    ],
)
def test_a_name_that_is_taken_or_unfit_is_refused_before_anything_is_written(run, place, arguments, words):
    run("new", "full")
    (place / "empty").mkdir()
    before = {p: p.read_bytes() for p in place.rglob("*") if p.is_file()}
    code, _, err = run(*arguments)
    assert code == 2
    assert words in err
    assert {p: p.read_bytes() for p in place.rglob("*") if p.is_file()} == before


def test_an_empty_folder_may_become_a_kit(place):
    (place / "ready").mkdir()
    assert Path("ready/kit.yaml") in new_kit(Path("ready"), trusted=None)


def test_a_link_where_a_file_should_go_is_not_followed(made, place):
    kit, _ = made
    (kit / "demos" / "mine.py").symlink_to(place / "elsewhere.py")
    with pytest.raises(WorkshopError, match="is there already"):
        new_demo("mine", kit, trusted=None)
    assert not (place / "elsewhere.py").exists()


def test_every_python_file_that_is_written_is_python_with_a_docstring(made):
    kit, _ = made
    for path in (kit / "demos" / "queue.py", new_demo("mine", kit, trusted=None)):
        assert ast.get_docstring(ast.parse(path.read_text("utf-8")))
        assert max(map(len, path.read_text("utf-8").splitlines())) <= 120
    assert new_audience("boss", kit).read_text("utf-8").startswith("# ")


def test_a_new_demo_that_was_killed_anywhere_can_be_asked_for_again(made):
    kit, request = made
    shutil.copytree(kit, "start")

    def again(watch):
        shutil.rmtree(kit)
        shutil.copytree("start", kit)
        with watched(watch):
            new_demo("long_tail", kit, trusted=request.trusted)

    found = Watch((kit.resolve(),))
    again(found)
    whole = (kit / "demos" / "long_tail.py").read_bytes()
    for point in found.points:
        again(Watch((kit.resolve(),), point))
        if (kit / "demos" / "long_tail.py").exists() and not (kit / "demos" / STAGING / JOURNAL).exists():
            with pytest.raises(WorkshopError, match="is there already"):  # it was killed after everything was done
                new_demo("long_tail", kit, trusted=request.trusted)
        else:
            new_demo("long_tail", kit, trusted=request.trusted)
        assert (kit / "demos" / "long_tail.py").read_bytes() == whole, point
    assert len(found.points) > 8


def test_the_plan_of_the_new_kit_keeps_every_rule_for_plans(run):
    run("new", "my-kit")
    code, out, err = run("plan", "my-kit", "--minutes", "15", "--json")
    assert code == 0, err
    plan = json.loads(out)
    assert [line["slide"] for line in plan["lines"] if not line["shown"]] == []
    assert [rule["broken"] for rule in plan["rules"]] == [[]] * len(RULES)
    assert {rule["rule"]: rule["found"] for rule in plan["rules"]}["P8"] == "busier, idle"


def test_a_kit_that_fills_no_usual_slot_says_so(run):
    run("new", "my-kit")
    code, _, err = run("plan", "my-kit", "--all")
    assert code == 1
    assert "too few slides for any of these slots" in err


@pytest.fixture
def documents(place):
    """A folder of two documents with 26 cards."""
    folder = place / "documents"
    folder.mkdir()
    for name in ("alpha", "beta"):
        parts = "".join(f"## Room {name}{k}\n\nThe key of this room hangs by the window, {k}.\n\n" for k in range(13))
        (folder / f"{name}.md").write_text(f"Welcome to all.\n\n{parts}")
    return folder


@pytest.fixture
def leaflets(place):
    """A folder with four cards of everyday words."""
    (place / "leaflets").mkdir()
    texts = {
        "Opening hours": "We open at nine on weekdays and at ten on Saturdays.",
        "Wireless network": "Choose the network for guests. The code hangs above the counter.",
        "Lunch": "Soup and bread are served from noon. Order by ten.",
        "Bicycles": "Lock them to the rail in the yard.",
    }
    page = "".join(f"## {title}\n\n{text}\n\n" for title, text in texts.items())
    (place / "leaflets" / "house.md").write_text(page)


def test_a_new_world_has_the_words_of_a_ready_one_as_comments(run):
    assert run("new", "world", "ward", "--like", "hospital")[0] == 0
    assert [path.name for path in Path("ward").iterdir()] == ["world.yaml"]
    lines = Path("ward/world.yaml").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["like: hospital"]
    ready = builtin_kit(standard_registry()) / "worlds/hospital/world.yaml"
    own = yaml.safe_load("\n".join(line.removeprefix("# ") for line in lines[3:] if not line.startswith("# -----")))
    assert own == yaml.safe_load(ready.read_text())
    groups = [line for line in lines if line.startswith("# -----")]
    seen = [int(line.split()[-2]) for line in groups]
    assert len(groups) == len(own)
    assert seen == sorted(seen, reverse=True)


def test_without_another_choice_a_new_world_is_like_one_whose_words_belong_to_no_trade(run):
    assert run("new", "world", "ward")[0] == 0
    assert "\nlike: front-desk\n" in Path("ward/world.yaml").read_text()


def test_a_new_world_with_documents_has_a_library_and_questions_that_wait_for_a_yes(run, leaflets):
    code, out, _ = run("new", "world", "house", "--from", "leaflets")
    assert code == 0
    asked = yaml.load(Path("house/questions.yaml").read_text(), yaml.CSafeLoader)
    assert f"{len(asked)} questions in questions.yaml, each with a ? that waits for your yes" in out.splitlines()
    assert "decide on each ? in questions.yaml" in out
    assert {"card": "wireless-network?", "question": "is there internet"} in asked
    assert {entry["card"] for entry in asked} == {"opening-hours?", "wireless-network?", "lunch?", "bicycles?", "none?"}


def test_a_new_world_keeps_at_most_24_cards(run, documents):
    code, out, _ = run("new", "world", "ward", "--like", "hospital", "--from", "documents")
    assert code == 0
    assert out.splitlines()[4:8] == [
        "26 cards from 2 documents; 24 kept, 2 commented out in library.md",
        "left out: 2 paragraphs without a heading",
        "no questions: the English dictionary has too few of the cards' words; write them in questions.yaml",
        "next: strike cards that make no sense, and decide on each ? in questions.yaml",
    ]
    library = Documents.load(Path("ward/library.md"))
    assert [card.id for card in library.items] == [f"room-{name}{k}" for name in ("alpha", "beta") for k in range(12)]
    assert library.items[-1].text == "The key of this room hangs by the window, 11."


def test_documents_that_cannot_be_read_are_named_and_the_others_become_cards(run, documents):
    (documents / "empty.md").write_text("")
    (documents / "scan.pdf").write_bytes(b"%PDF-1.4 nothing")
    (documents / "old.docx").write_bytes(b"PK nothing")
    for name in ("prices.csv", "plan.png", "letter.doc", ".hidden"):
        (documents / name).write_bytes(b"x")
    code, out, _ = run("new", "world", "ward", "--from", "documents")
    assert code == 0
    assert "26 cards from 2 documents; 24 kept, 2 commented out in library.md" in out
    warnings = [line for line in out.splitlines() if ": warning: " in line]
    assert [line.partition(":")[0] for line in warnings] == [
        "documents/empty.md",
        "documents/old.docx",
        "documents/scan.pdf",
        "documents",
    ]
    assert warnings[0] == "documents/empty.md: warning: the file is empty — put some text into it"
    assert "letter.doc, plan.png, prices.csv are not read" in warnings[3]


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ({}, "documents: error: there are no documents in this folder — put .md, .txt, .pdf or .docx files there"),
        ({"a.png": "x"}, "documents: error: there are no documents in this folder"),
        ({"a.md": ""}, "documents/a.md: error: the file is empty"),
        ({"a.md": "Just a sentence."}, "these documents give no cards; left out: 1 paragraph without a heading"),
        ({"a.md": "# Keys\n\nAsk the porter.\n"}, "these documents give 1 card, and at least 3 are needed"),
    ],
)
def test_a_folder_without_enough_to_draft_from_is_an_error_and_nothing_is_written(run, place, texts, message):
    (place / "documents").mkdir()
    for name, text in texts.items():
        (place / "documents" / name).write_text(text)
    code, _, err = run("new", "world", "ward", "--from", "documents")
    assert code == 1
    assert message in err
    assert not Path("ward").exists()


def test_documents_of_which_the_dictionary_has_too_few_words_get_an_empty_question_per_card(run, place):
    (place / "documents").mkdir()
    parts = "".join(f"## Zugang {k}\n\nDer Schlüssel hängt drinnen neben dem Fenster {k}.\n\n" for k in range(3))
    (place / "documents" / "haus.md").write_text(parts)
    code, out, _ = run("new", "world", "haus", "--from", "documents")
    assert code == 0
    assert "no questions: the English dictionary has too few of the cards' words" in out
    asked = yaml.safe_load(Path("haus/questions.yaml").read_text())
    assert asked == [{"card": f"zugang-{k}", "question": ""} for k in range(3)]


def test_the_prompt_for_a_model_says_first_that_the_cards_leave_the_machine(run, documents):
    run("new", "world", "ward", "--from", "documents")
    first, *rest = Path("ward/prompt.md").read_text().splitlines()
    assert "sends the cards below out of this machine" in first
    assert "[room-alpha3] Room alpha3. The key of this room hangs by the window, 3." in rest
    assert not any("room-alpha12]" in line for line in rest)  # a card that is commented out stays here


@pytest.mark.parametrize(
    ("typed_words", "message"),
    [
        (("Ward!", "--like", "hospital"), "a world cannot be named 'Ward!'"),
        (("hospital", "--like", "hospital"), "a world cannot be named 'hospital'"),
        (("ward", "--like", "hospitl"), "no world has this name — did you mean 'hospital'?"),
        (("documents", "--like", "hospital"), "'documents' is there already, and nothing is overwritten"),
    ],
)
def test_a_world_that_cannot_be_made_says_why(run, documents, typed_words, message):
    code, _, err = run("new", "world", *typed_words)
    assert code == 2
    assert message in err
    assert not Path("ward").exists()


def test_check_prints_what_a_new_world_will_show_and_writes_its_proof(run, documents):
    run("new", "world", "ward", "--like", "hospital", "--from", "documents")
    code, out, err = run("check", "ward", "--proof", "ward.pdf")
    assert (code, err) == (0, "")
    assert out.splitlines()[1] == "the slides about search speak of an example library: a hospital ward"
    assert out.splitlines()[-2:] == ["ward.pdf", "no problems"]
    assert Path("ward.pdf").read_bytes().startswith(b"%PDF-")


def test_check_names_what_is_wrong_with_the_words_of_a_world(run):
    run("new", "world", "ward", "--like", "hospital")
    Path("ward/world.yaml").write_text("like: hospital\nplaces: [chapel, lobby]\n")
    code, out, _ = run("check", "ward")
    assert code == 1
    assert out.startswith("ward/world.yaml:2: error: places: has 2, and 6 are needed")


def test_a_proof_is_only_for_a_world(run):
    run("new", "my-kit")
    assert run("check", "my-kit", "--proof", "a.pdf")[0] == 2


# ---------------------------------------------------------------- a talk
def test_a_new_talk_has_six_slides_after_its_cover_and_nothing_is_said_about_it(run):
    assert run("new", "talk.md") == (
        0,
        "talk.md\nrides.csv\nwheel.svg\nnext: workshop build talk.md\n      workshop preview talk.md\n",
        "",
    )
    code, out, errors = run("check", "talk.md")
    assert (code, out, errors) == (0, "no problems\n", "")
    laid, _ = prepare(Path("talk.md"), Request(), standard_registry(), base=None)
    assert [slide.number for slide in laid.slides] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("name", ["talk.md", "rides.csv", "wheel.svg"])
def test_a_new_talk_overwrites_nothing(run, place, name):
    (place / name).write_text("mine")
    code, _, errors = run("new", "talk.md")
    assert (code, sorted(path.name for path in place.glob("*.*"))) == (2, [name])
    assert f"'{name}' is there already, and nothing is overwritten" in errors
    assert (place / name).read_text() == "mine"


def test_a_name_that_no_file_can_have_is_refused(run):
    code, _, errors = run("new", "con.md")
    assert code == 2
    assert "a talk cannot be named 'con.md' — use letters, digits and -, such as talk.md" in errors


def test_every_yaml_file_of_a_new_kit_names_its_schema_and_follows_it(run):
    jsonschema = pytest.importorskip("jsonschema")
    run("new", "my-kit")
    run("new", "audience", "managers", "--kit", "my-kit")
    files = [*Path("my-kit").glob("*.yaml"), *Path("my-kit").glob("*/*.yaml")]
    assert len(files) == 5
    for path in files:
        text = path.read_text("utf-8")
        first, _, name = text.partition("\n")[0].partition("$schema=")
        assert first == "# yaml-language-server: ", path
        jsonschema.validate(as_an_editor_reads(text), json.loads((path.parent / name).read_text("utf-8")))

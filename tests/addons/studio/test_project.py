import io
import json
from datetime import date

import pytest
from pptx import Presentation

from workshop.addons.studio.form import Form
from workshop.addons.studio.project import GIFTS, Project, projects
from workshop.errors import WorkshopError

DAY = date(2026, 12, 3)


@pytest.fixture
def project(tmp_path):
    return Project.new(tmp_path / "Workshops", "How AI models are made", Form(), DAY)


def test_a_workshop_is_a_folder_with_the_title_and_the_day_and_each_has_its_own(project, tmp_path):
    home = tmp_path / "Workshops"
    other = Project.new(home, "How AI models are made", Form(), DAY)
    assert [p.folder.name for p in (project, other)] == [
        "How AI models are made, 3 December", "How AI models are made, 3 December (2)"
    ]  # fmt: skip
    assert set(projects(home)) == {project.folder.name, other.folder.name}
    assert Project.new(home, "../../evil: kit", Form(), DAY).folder.parent == home


def test_with_a_clients_name_the_folder_is_called_after_the_client_unless_somebody_named_it(project):
    title = "How AI models are made"
    project.choose({"client": "ACME / Berlin: 100%", "footer": True})
    named = project.named_after(project.form.client, title)
    assert named == "ACME Berlin 100, 3 December"
    moved = project.renamed(named)
    assert (moved.folder.name, moved.form.client, project.folder.exists()) == (named, "ACME / Berlin: 100%", False)
    assert moved.named_after("Another", title) == named
    assert moved.command("workshop") == "workshop build '--var=client=ACME / Berlin: 100%' --out=out"
    with pytest.raises(WorkshopError):
        moved.renamed("…")
    (moved.folder.parent / "Taken").mkdir()
    with pytest.raises(WorkshopError):
        moved.renamed("Taken")
    assert moved.folder.exists()


@pytest.mark.parametrize("name", ["", "/", "../x.md", "a/../../x", "a\\b", "C:x", "a/\x00"])
def test_a_file_of_a_kit_from_the_browser_has_a_place_below_its_folder_or_none(project, name):
    assert project.brought("my kit/slides/01.md") == "kit/my kit/slides/01.md"
    with pytest.raises(WorkshopError):
        project.brought(name)


def test_what_was_chosen_is_kept_and_becomes_a_command(project):
    project.choose({"audience": "executives", "minutes": 45, "people": 12, "start": "10:30"})
    again = Project(project.folder)
    assert again.form == project.form
    assert again.command("workshop") == (
        "workshop build --audience=executives --start=10:30 --minutes=45 --people=12 --out=out"
    )


def test_a_kit_of_ones_own_is_the_last_word_and_a_form_cannot_change_it(tmp_path):
    project = Project.new(tmp_path, "talk", Form(kit="/home/me/my talk.md"), DAY)
    project.choose({"minutes": 20, "kit": "/etc"})
    assert project.command("workshop") == "workshop build --minutes=20 --out=out -- '/home/me/my talk.md'"


def test_another_command_gets_the_kit_and_those_options_that_it_has_too(tmp_path):
    project = Project.new(tmp_path, "talk", Form(kit="/home/me/talk.md"), DAY)
    project.choose({"audience": "executives", "minutes": 45, "pdf": True, "people": 12})
    assert project.asked().command("quiz", "--", "table.csv", only=("audience", "people")) == [
        "quiz", "--kit=/home/me/talk.md", "--audience=executives", "--people=12", "--", "table.csv"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "chosen",
    [
        {"minutes": "soon"},
        {"minutes": 4},
        {"minutes": 1e9},
        {"people": -1},
        {"people": 10_001},
        {"start": "10:30; rm"},
        {"audience": "x" * 201},
        {"overlay": "/etc"},
    ],
)
def test_what_cannot_be_chosen_is_refused_and_changes_nothing(project, chosen):
    before = (project.folder / "workshop.json").read_bytes()
    with pytest.raises(WorkshopError):
        project.choose(chosen)
    assert (project.folder / "workshop.json").read_bytes() == before


def test_a_damaged_form_is_told_with_its_file(project):
    (project.folder / "workshop.json").write_text("{")
    with pytest.raises(WorkshopError, match=r"workshop\.json"):
        Project(project.folder)


def given(project, kind, name, content):
    place = project.place(kind, name)
    with project.receive(place) as half:
        half.write(content)
    project.keep(kind, place)
    return place


def test_a_template_and_a_logo_get_names_of_ours_and_a_new_one_replaces_the_old(project):
    template = io.BytesIO()
    Presentation().save(template)
    assert given(project, "template", "../../Client 2026.POTX", template.getvalue()) == "given/template.potx"
    assert given(project, "template", "other.pptx", template.getvalue()) == "given/template.pptx"
    assert given(project, "logo", "a.png", b"\x89PNG") == "given/logo.png"
    assert project.given("template") == ["template.pptx"]
    assert "--template=given/template.pptx --logo=given/logo.png" in project.command("workshop")


def test_documents_keep_a_harmless_form_of_their_names(project):
    assert given(project, "documents", "../Fleet rules: 2026?.txt", b"words") == "given/documents/Fleet rules 2026.txt"
    assert given(project, "documents", "...md", b"words") == "given/documents/document.md"
    assert "--data=library=given/documents" in project.command("workshop")
    project.drop("documents", "Fleet rules 2026.txt")
    assert project.given("documents") == ["document.md"]
    project.drop("documents", "../../workshop.json")
    assert (project.folder / "workshop.json").exists()


@pytest.mark.parametrize(
    ("kind", "name", "content"),
    [
        ("template", "a.exe", b"PK\x03\x04"),
        ("template", "a.pptx", b"MZ"),
        ("template", "a.pptx", b""),
        ("logo", "a.svg", b"<svg"),
        ("logo", "a.png", b"\xff\xd8\xff"),
        ("documents", "a.pdf", b"PK\x03\x04"),
        ("documents", "a.py", b"import os"),
        ("documents", "a", b""),
        ("documents", "scan.pdf", b"%PDF-1.4 without pages"),
        ("documents", "damaged.docx", b"PK\x03\x04 and no more"),
        ("documents", "empty.md", b"\n"),
        ("documents", "latin.txt", b"caf\xe9"),
    ],
)
def test_a_file_that_is_not_of_its_kind_or_cannot_be_read_is_refused(project, kind, name, content):
    with pytest.raises(WorkshopError):
        given(project, kind, name, content)
    assert project.given(kind) == []


@pytest.mark.parametrize(
    ("name", "kept"), [("CON.txt", "xCON.txt"), ("lpt1.md", "xlpt1.md"), ("console.txt", "console.txt")]
)
def test_a_name_that_windows_takes_for_a_device_gets_a_letter_before_it(project, name, kept):
    assert given(project, "documents", name, b"words") == f"given/documents/{kept}"


def test_every_kind_of_gift_has_a_limit():
    assert all(0 < gift.most <= 200_000_000 for gift in GIFTS.values())


def test_only_what_the_manifest_names_was_made(project):
    out = project.folder / "out"
    out.mkdir()
    for name in ("deck.pptx", "private.txt"):
        (out / name).write_bytes(b"x")
    listed = {"deck.pptx": "1", "gone.pdf": "2", "../workshop.json": "3", "/etc/passwd": "4"}
    (out / "manifest.json").write_text(json.dumps({"files": listed}))
    assert project.made() == ("deck.pptx",)
    (out / "manifest.json").write_text("[")
    assert project.made() == ()

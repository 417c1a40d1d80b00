"""Options about the look of a deck."""

import json
import os
import shutil
import zipfile

import pytest

from tests.templates.conftest import template_file
from tests.templates.maker import png

TALK = "---\ntitle: A talk\n---\n\n# One\n\n- a\n- b\n"


@pytest.fixture
def run(typed, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    return typed


@pytest.fixture
def talk(tmp_path):
    path = tmp_path / "talk.md"
    path.write_text(TALK, "utf-8")
    return path


def test_list_layouts_says_what_was_matched_to_what_and_why(run, tmp_path):
    code, out, _ = run("list", "layouts", template_file("german", tmp_path))
    assert code == 0
    assert "Inhalt einspaltig" in out
    assert "a title and two columns" in out
    assert "without a placeholder: measure, source" in out
    assert "a kit, and any other talk, is on our layouts in its look" in out
    assert "13.33 × 7.50 in" in out


def test_list_layouts_without_a_file_shows_ours_with_their_places(run):
    code, out, _ = run("list", "layouts")
    assert code == 0
    assert "statement       Statement: title, aside, source" in out.splitlines()


def test_a_talk_is_built_into_a_template(run, talk, tmp_path):
    code, out, _ = run("build", talk, "--template", template_file("dark", tmp_path), "--out", tmp_path / "out")
    assert code == 0
    assert (tmp_path / "out" / "deck.pptx").is_file()
    assert "slides" in out


def test_a_typeface_without_its_file_is_reported_once(run, talk, tmp_path):
    _, _, err = run("build", talk, "--template", template_file("dark", tmp_path), "--out", tmp_path / "out")
    assert err.count("Georgia is measured with Arimo") == 1


def test_a_font_file_is_used_and_a_missing_one_refused(run, talk, tmp_path):
    from workshop.fonts import ARIMO

    template = template_file("dark", tmp_path)
    font = f"Georgia={ARIMO}"
    _, _, err = run("build", talk, "--template", template, "--font-file", font, "--out", tmp_path / "out")
    assert "Georgia" not in err
    code, _, err = run("build", talk, "--template", template, "--font-file", "Georgia=no.ttf")
    assert code == 2
    assert "No such file" in err


def test_a_presentation_given_as_a_theme_is_recognised(run, talk):
    code, _, err = run("build", talk, "--theme", "corp.pptx")
    assert code == 2
    assert "--template corp.pptx" in err


def test_a_theme_file_is_used_and_a_misspelt_theme_gets_a_hint(run, talk, tmp_path):
    (tmp_path / "acme.yaml").write_text('colors: {accent: "7A1F5C"}\n', "utf-8")
    assert run("build", talk, "--theme", "acme.yaml", "--out", tmp_path / "out")[0] == 0
    code, _, err = run("build", talk, "--theme", "contrst")
    assert code == 2
    assert "'contrast'" in err


def test_check_says_what_does_not_fit_a_template(run, talk, tmp_path):
    code, out, _ = run("check", talk, "--template", template_file("bare", tmp_path), "--format", "json")
    assert code == 0
    assert isinstance(json.loads(out), (list, dict))


def test_a_broken_template_is_one_problem(run, talk, tmp_path):
    path = tmp_path / "corp.pptx"
    path.write_bytes(b"words")
    code, _, err = run("build", talk, "--template", path)
    assert code == 1
    assert "1 problem" in err


def test_a_logo_goes_onto_the_slides_of_a_theme_and_of_a_template(run, talk, tmp_path):
    (tmp_path / "logo.png").write_bytes(png(200, 60))
    for look in (("--theme", "dark"), ("--template", template_file("corporate", tmp_path))):
        code, _, _ = run("build", talk, *look, "--logo", "logo.png", "--out", tmp_path / "out", "--force")
        assert code == 0
        with zipfile.ZipFile(tmp_path / "out" / "deck.pptx") as deck:
            assert any(deck.read(n) == png(200, 60) for n in deck.namelist() if n.startswith("ppt/media/logo"))


def test_a_wrong_logo_is_one_message_and_nothing_is_written(run, talk, tmp_path):
    (tmp_path / "logo.svg").write_text("<svg/>")
    code, _, err = run("build", talk, "--logo", "logo.svg", "--out", tmp_path / "out")
    assert code == 2
    assert "logo.svg: error: this file cannot be a logo: it isn't PNG or JPEG — save it as PNG" in err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("theme", ["../secret.yaml", "link.yaml", "pipe.yaml"])
def test_a_theme_that_a_kit_names_must_be_inside_the_kit(run, bread, tmp_path, theme):
    shutil.copytree(bread, tmp_path / "bread")
    (tmp_path / "secret.yaml").write_text("password: hunter2\n")
    (tmp_path / "bread" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    os.mkfifo(tmp_path / "bread" / "pipe.yaml")
    with (tmp_path / "bread" / "kit.yaml").open("a") as file:
        file.write(f"theme: {theme}\n")
    code, out, err = run("check", "bread", "--trust")
    assert code == 1
    assert "hunter2" not in out + err
    assert "password" not in out + err
    assert f"'{theme}' is outside of the kit" in out or f"'{theme}' isn't a regular file" in out

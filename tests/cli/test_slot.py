import csv
import json
import re

import pytest
from pptx import Presentation

TALK = """---
title: A talk
---

## Why it matters to us {#why minutes=4}

- point

## One thing to do at once {#do minutes=6 needs=why}

- point

## A detail for the curious {#detail minutes=5 .deep}

- point
"""


@pytest.fixture
def run(run, tmp_path):
    """Run the command line in a folder with a talk."""
    (tmp_path / "talk.md").write_text(TALK)
    return run


def plan(run, *arguments):
    code, out, err = run(*arguments, "--dry-run", "--json")
    assert code == 0, err
    return json.loads(out)


def test_a_dry_run_prints_the_plan_and_writes_nothing(run, tmp_path):
    code, out, _ = run("--minutes", "45", "--dry-run")
    assert code == 0
    assert re.search(r"^plan: 4\d of 45 minutes: .*of buffer$", out, re.MULTILINE)
    assert re.search(r"^09:00 +\d+ min  Welcome$", out, re.MULTILINE)
    assert not (tmp_path / "dist").exists()


@pytest.mark.long
def test_a_plan_as_json_adds_up_and_names_every_slide(run):
    found = plan(run, "--minutes", "25")
    rows = found["run_sheet"]
    assert found["total"] == sum(row["minutes"] for row in rows) == found["slides"] + found["breaks"] + found["buffer"]
    assert found["slides"] == sum(line["minutes"] for line in found["lines"] if line["shown"])
    assert {"in", "appendix", "out"} <= {line["where"] for line in found["lines"]} <= {"in", "appendix", "out", "cut"}
    assert all(line["why"] or line["told"] for line in found["lines"])


@pytest.mark.broad
@pytest.mark.long
def test_the_kit_s_own_slot_is_taken_unless_all_is_asked_for(run):
    assert plan(run, "build")["slot"] == 180
    everything = plan(run, "--minutes", "all")
    assert everything["slot"] == 0
    assert all(line["shown"] for line in everything["lines"])


@pytest.mark.long
def test_chosen_stages_are_whole_unless_minutes_are_given(run):
    assert all(line["shown"] for line in plan(run, "--stage", "2")["lines"])
    assert not all(line["shown"] for line in plan(run, "--stage", "2", "--minutes", "25")["lines"])


def test_opening_and_closing_come_with_chosen_stages(run):
    found = plan(run, "--stage", "1,2")
    titles = [row["what"] for row in found["run_sheet"] if row["kind"] == "stage"]
    assert (titles[0], titles[-1]) == ("Welcome", "What you take home")
    shown = {line["slide"] for line in found["lines"] if line["shown"]}
    assert {"welcome", "pre-quiz", "post-quiz", "learnt"} <= shown


def test_a_single_file_has_a_slot_if_it_is_given(run):
    assert all(line["shown"] for line in plan(run, "build", "talk.md")["lines"])
    short = plan(run, "build", "talk.md", "--minutes", "11")
    assert [line["slide"] for line in short["lines"] if line["shown"]] == ["why", "do"]


def test_explain_says_for_each_slide_where_it_is_and_why(run):
    _, out, _ = run("build", "talk.md", "--minutes", "11", "--dry-run", "--explain")
    rows = {line.split()[0]: line for line in out.splitlines()[1:]}
    assert "core, its stage cannot do without it" in rows["why"]
    assert "in" in rows["do"]
    assert re.search(r"appendix +there was no room for it ", rows["detail"])


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--minutes", "soon"), 2, "write 45, 3h, or all"),
        (("--minutes", "-5"), 2, "write 45, 3h, or all"),
        (("--minutes", "nan"), 2, "write 45, 3h, or all"),
        (("--minutes", "3"), 1, r"3 minutes is too short — the shortest plan here takes \d+ minutes"),
        (("--json",), 2, "--json needs --dry-run"),
        (("--actual", "gone.csv"), 2, "gone.csv"),
    ],
)
def test_wrong_use_is_reported_with_what_to_write(run, arguments, code, words):
    found, _, err = run("build", *arguments)
    assert found == code
    assert re.search(words, err)


def test_minutes_that_slides_took_are_planned_with(run, tmp_path):
    taken = tmp_path / "minutes.csv"
    taken.write_text("slide,minutes,who\nwhy,7,Ada\nwhy,8,Bo\ndo,,\n")
    found = plan(run, "build", "talk.md", "--actual", "minutes.csv")
    assert [line["minutes"] for line in found["lines"]] == [7.5, 6, 5]
    short = plan(run, "build", "talk.md", "--actual", "minutes.csv", "--minutes", "13")
    assert [line["slide"] for line in short["lines"] if line["shown"]] == ["why", "detail"]


def test_minutes_of_an_unknown_slide_are_a_warning_with_the_nearest_name(run, tmp_path):
    (tmp_path / "minutes.csv").write_text("slide,minutes\nwyh,7\n")
    code, _, err = run("build", "talk.md", "--actual", "minutes.csv", "--dry-run")
    assert code == 0
    assert "'wyh', which isn't a slide" in err
    assert "did you mean 'why'?" in err


def test_a_plan_written_out_can_be_filled_in_and_given_back(run, tmp_path):
    lines = plan(run, "build", "talk.md")["lines"]
    with (tmp_path / "minutes.csv").open("w", newline="") as file:
        rows = csv.DictWriter(file, ("slide", "minutes"))
        rows.writeheader()
        rows.writerows({"slide": line["slide"], "minutes": line["minutes"]} for line in lines)
    assert plan(run, "build", "talk.md", "--actual", "minutes.csv")["lines"] == lines


def test_a_build_names_what_the_time_is_made_of(run):
    _, out, _ = run("build", "talk.md", "--minutes", "11")
    assert "plan: 11 of 11 minutes: 10 of slides, 1 of buffer" in out
    assert "left out: 1 slide (5 minutes), 1 of them in the appendix" in out
    assert re.search(r"^3 slides, 1 more in the appendix, seed 0, in ", out, re.MULTILINE)


@pytest.mark.parametrize(("which", "hidden"), [("none", 0), ("needed", 1), ("all", 2)])
def test_the_appendix_has_what_is_asked_for(run, tmp_path, which, hidden):
    asked = "::: notes\n**If asked** for details: [show them](#detail).\n:::\n\n"
    head, why, do, detail = TALK.split("## ")
    slides = (head, why + asked, do, do.replace("#do", "#then"), detail, detail.replace("#detail", "#more"))
    (tmp_path / "talk.md").write_text("## ".join(slides))
    code, _, err = run("build", "talk.md", "--minutes", "17", "--appendix", which, "--only", "deck", "--out", "made")
    assert code == 0, err
    made = list(Presentation(tmp_path / "made" / "deck.pptx").slides)
    assert [slide._element.get("show") == "0" for slide in made].count(True) == hidden
    notes = next(slide.notes_slide for slide in made if "Why" in slide.shapes.title.text)
    assert ("If asked  for details: show them (slide 5)." in notes.notes_text_frame.text) is bool(hidden)
    where = {
        line["slide"]: line["where"]
        for line in plan(run, "build", "talk.md", "--minutes", "17", "--appendix", which)["lines"]
    }
    assert where["detail"] == ("appendix" if hidden else "out")


def test_paper_alone_is_counted_in_files(run):
    code, out, err = run("--stage", "2", "--only", "sheets,answers", "--out", "paper")
    assert code == 0, err
    assert re.search(r"^2 files, seed 0, in ", out, re.MULTILINE)


def test_a_deck_for_the_room_alone_prints_its_own_number_of_slides_and_no_plan(run, tmp_path):
    (tmp_path / "ballots.txt").write_text("01E ABBABA\n")
    code, out, err = run("--votes", "ballots.txt", "--only", "room", "--out", "room")
    assert code == 0, err
    count = len(Presentation(tmp_path / "room" / "room.pptx").slides)
    assert f"{count} slides, seed 0, in " in out
    assert "plan:" not in out

"""The command ``record``, on a small kit without Python."""

import pytest
from pypdf import PdfReader

KIT = {
    "kit.yaml": "title: Bread\nsections: [dough]\nrecord: Record of a training in baking\n",
    "dough.md": "---\ntitle: Dough\nnumber: 1\n---\n\n## Dough rises overnight {#rises minutes=3 teaches=1.1}\n\n- Yeast is slow\n",
    "points.yaml": '- {id: "1.1", text: Dough rises slowly}\n- {id: "1.2", text: Ovens vary}\n',
    "frameworks.yaml": "- {id: house, name: House rules, source: intranet, year: 2026, licence: internal,"
    ' competences: {R1: Wait, R2: Taste}, points: {"1.1": [R1]}}\n',
}


@pytest.fixture
def kit(tmp_path):
    folder = tmp_path / "bread"
    folder.mkdir()
    for name, text in KIT.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def test_a_record_says_what_was_taught_when_and_to_how_many(run, kit, tmp_path):
    out = tmp_path / "filed.pdf"
    code, printed, _ = run("record", "--kit", kit, "--date", "2026-03-09", "--people", "12", "--out", out)
    assert (code, printed.strip()) == (0, out.as_posix())
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(out).pages).split())
    for part in ("Record of a training in baking", "2026-03-09", "12", "Dough rises slowly", "R1 Wait", "R2 Taste"):
        assert part in text
    assert "Ovens vary" in text.split("Not shown today")[1]


def test_a_slide_that_took_no_time_was_not_shown(run, kit, tmp_path):
    minutes = tmp_path / "minutes.csv"
    minutes.write_text("slide,minutes\nrises,0\n", "utf-8")
    out = tmp_path / "filed.pdf"
    assert run("record", "--kit", kit, "--actual", minutes, "--out", out)[0] == 0
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(out).pages).split())
    assert "Dough rises slowly" in text.split("Not shown today")[1]


def test_a_date_that_is_none_is_refused_with_the_fix(run, kit):
    code, _, said = run("record", "--kit", kit, "--date", "9.3.2026")
    assert code == 2
    assert "'9.3.2026' is not a date; write it as 2026-03-09" in said


def test_answers_to_a_quiz_that_the_plan_does_not_have_are_refused(run, kit, tmp_path):
    answers = tmp_path / "answers.csv"
    answers.write_text("participant,when,1\n1,before,A\n")
    code, _, said = run("record", answers, "--kit", kit, "--date", "2026-03-09")
    assert code == 1
    assert "this plan has no quiz" in said
    assert not (tmp_path / "record.pdf").exists()


def test_an_unknown_point_is_reported_with_file_and_line(run, kit):
    (kit / "frameworks.yaml").write_text(KIT["frameworks.yaml"].replace('"1.1": [R1]', '"9.1": [R3]'))
    code, _, said = run("record", "--kit", kit)
    assert code == 1
    assert "frameworks.yaml:1" in said
    assert "no point '9.1'" in said
    assert "no competence 'R3'" in said

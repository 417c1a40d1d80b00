"""The command ``record``, on a small kit without Python."""

import pytest
from pypdf import PdfReader

from tests.render.print.test_computer_fonts import a_font
from workshop.render.print import computer_fonts

KIT = {
    "kit.yaml": 'title: Bread\noccasion: \'Course{{ " at " if var.client else "" }}{{ var.client }}\'\nvars: {client: ""}\nsections: [dough]\nrecord: Record of a training in baking\n',
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


def text_of(path):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_a_record_says_what_was_taught_when_and_to_how_many(run, kit, tmp_path):
    out, training = tmp_path / "filed", tmp_path / "training.yaml"
    training.write_text("date: 2026-03-09\npeople: 12\nattended: [{name: Amina}]\n", "utf-8")
    code, printed, _ = run("record", "--kit", kit, "--training", training, "--out", out)
    assert code == 0
    assert [path.rpartition("/")[2] for path in printed.split()] == [
        *("record.pdf", "manager.pdf", "certificate.pdf", "record.docx", "record.json"),
        *("follow-up-day-2.eml", "follow-up-day-14.eml", "follow-up-day-60.eml", "follow-up.ics"),
    ]
    text = text_of(out / "record.pdf")
    for part in ("Record of a training in baking", "9 March 2026", "12", "Dough rises slowly", "R1 Wait", "R2 Taste"):
        assert part in text
    assert "Ovens vary" in text.split("What was left out")[1]
    assert "Amina" in text_of(out / "certificate.pdf")


def test_what_is_wrong_in_the_file_of_the_training_is_named_and_the_rest_is_made(run, kit, tmp_path):
    training = tmp_path / "training.yaml"
    training.write_text("place: Bonn\ndate: 9.3.2026\nattended: [{name: Amina}, {name: Amina}]\n", "utf-8")
    code, _, said = run("record", "--kit", kit, "--training", training, "--out", tmp_path / "filed")
    assert code == 0
    assert "training.yaml:2: warning: date is '9.3.2026'" in said
    assert "training.yaml:3: warning: 'Amina' is in the list twice" in said
    assert "Bonn" in text_of(tmp_path / "filed" / "record.pdf")


NAMES = ("Łukasz Müller", "Ζωή", "Ольга", "王小明", "أمينة", "Ada 🎉")


def test_a_name_in_letters_that_no_typeface_here_has_loses_its_own_certificate_and_nobody_elses(
    run, kit, tmp_path, monkeypatch
):
    monkeypatch.setattr(computer_fonts, "folders", lambda: ())
    computer_fonts._files.cache_clear()
    computer_fonts._with_all.cache_clear()
    out, training = tmp_path / "filed", tmp_path / "training.yaml"
    training.write_text(f"attended: [{', '.join(f'{{name: {name}}}' for name in NAMES)}]\n", "utf-8")
    code, _, said = run("record", "--kit", kit, "--training", training, "--out", out)
    assert code == 0
    assert "warning: no typeface on this computer has all letters of '王小明', so its certificate is missing" in said
    assert said.count("certificate is missing") == 1
    pages = [page.extract_text() for page in PdfReader(out / "certificate.pdf").pages]
    assert len(pages) == len(NAMES) - 1
    for page, name in zip(pages, ("Łukasz Müller", "Ζωή", "Ольга", "", "Ada"), strict=True):
        assert name in page
        assert "[" not in page  # a picture in a name isn't spelled out
    assert "Ольга" in text_of(out / "record.pdf")


def test_a_name_that_our_typefaces_lack_is_set_in_one_of_this_computer(run, kit, tmp_path, monkeypatch):
    a_font(tmp_path / "typefaces" / "Borrowed.ttf", "王小明")
    monkeypatch.setattr(computer_fonts, "folders", lambda: (tmp_path / "typefaces",))
    for kept in (computer_fonts._files, computer_fonts._face, computer_fonts._with_all):
        kept.cache_clear()
    out, training = tmp_path / "filed", tmp_path / "training.yaml"
    training.write_text(f"attended: [{', '.join(f'{{name: {name}}}' for name in NAMES)}]\n", "utf-8")
    code, _, said = run("record", "--kit", kit, "--training", training, "--out", out)
    assert code == 0, said
    pages = PdfReader(out / "certificate.pdf").pages
    assert len(pages) == len(NAMES)
    assert "王小明" in pages[NAMES.index("王小明")].extract_text()
    assert "王小明" in text_of(out / "record.pdf")
    computer_fonts._files.cache_clear()
    computer_fonts._with_all.cache_clear()


def test_a_certificate_names_the_client_for_whom_it_was_held(run, kit, tmp_path):
    training = tmp_path / "training.yaml"
    training.write_text("attended: [{name: Amina}]\n", "utf-8")
    assert run("record", "--kit", kit, "--training", training, "--var", "client=ACME", "--out", tmp_path / "o")[0] == 0
    assert "BREAD · COURSE AT ACME" in text_of(tmp_path / "o" / "certificate.pdf")


LAW = "- {id: one, name: Article 1 of the Bread Act, says: Bakers learn., checked: 2026-01-02, source: SOURCE}\n"
SOURCES = "- {key: act, who: Parliament, work: Bread Act, version: '1', scope: bakers, caveat: No advice., valid_until: 2027-03-04}\n"


def test_the_law_is_a_file_of_the_kit_and_out_of_date_after_the_day_of_its_source(run, kit, tmp_path, monkeypatch):
    (kit / "law.yaml").write_text(LAW.replace("SOURCE", "act"), "utf-8")
    (kit / "sources.yaml").write_text(SOURCES, "utf-8")
    out = tmp_path / "filed"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")  # 15 January 2027
    code, _, said = run("record", "--kit", kit, "--out", out)
    assert code == 0, said
    first = (out / "record.pdf").read_bytes()
    assert "Article 1 of the Bread Act" in text_of(out / "record.pdf")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1830000000")  # 28 December 2027
    code, _, said = run("record", "--kit", kit, "--out", out)
    assert code == 0
    assert "sources.yaml:1: warning: the figure of 'act' was to be checked again by 2027-03-04" in said
    assert (out / "record.pdf").read_bytes() == first


def test_a_law_whose_source_is_missing_is_named_with_its_line(run, kit):
    (kit / "law.yaml").write_text(LAW.replace("SOURCE", "act"), "utf-8")
    code, _, said = run("record", "--kit", kit)
    assert code == 1
    assert "law.yaml:1: error: no source is named 'act'" in said


def test_another_countrys_law_comes_with_an_overlay(run, kit, tmp_path):
    over = tmp_path / "over"
    over.mkdir()
    (kit / "law.yaml").write_text(LAW.replace("SOURCE", "act"), "utf-8")
    (kit / "sources.yaml").write_text(SOURCES, "utf-8")
    (over / "law.yaml").write_text(LAW.replace("SOURCE", "act").replace("Bread Act", "Cake Act"), "utf-8")
    assert run("record", "--kit", kit, "--overlay", over, "--out", tmp_path / "filed")[0] == 0
    assert "Cake Act" in text_of(tmp_path / "filed" / "record.pdf")


def test_a_slide_that_took_no_time_was_not_shown(run, kit, tmp_path):
    minutes = tmp_path / "minutes.csv"
    minutes.write_text("slide,minutes\nrises,0\n", "utf-8")
    assert run("record", "--kit", kit, "--actual", minutes, "--out", tmp_path)[0] == 0
    assert "Dough rises slowly" in text_of(tmp_path / "record.pdf").split("What was left out")[1]


def test_answers_to_a_quiz_that_the_plan_does_not_have_are_refused(run, kit, tmp_path):
    answers = tmp_path / "answers.csv"
    answers.write_text("participant,when,1\n1,before,A\n")
    code, _, said = run("record", answers, "--kit", kit)
    assert code == 1
    assert "this plan has no quiz" in said


def test_an_unknown_point_is_reported_with_file_and_line(run, kit):
    (kit / "frameworks.yaml").write_text(KIT["frameworks.yaml"].replace('"1.1": [R1]', '"9.1": [R3]'))
    code, _, said = run("record", "--kit", kit)
    assert code == 1
    assert "frameworks.yaml:1" in said
    assert "no point '9.1'" in said
    assert "no competence 'R3'" in said

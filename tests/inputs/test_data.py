"""Tests users' files: what is read, and the messages about files that don't fit."""

from pathlib import Path

import pytest

from workshop import limits
from workshop.errors import WorkshopError
from workshop.inputs.apart import ApartError
from workshop.inputs.documents import pdf_text
from workshop.inputs.library import Documents
from workshop.inputs.library_questions import Questions
from workshop.inputs.text_folders import read_text_file, unread_files
from workshop.inputs.texts import Rounds, Sentences

EIGHT = [f"the word number {n}" for n in range(8)]


def put(folder: Path, content: str | bytes, name: str = "file.txt") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def complaint(load, path: Path):
    with pytest.raises(WorkshopError) as caught:
        load(path)
    return caught.value.problem


def test_sentences_leave_out_blank_lines_and_comments(tmp_path):
    path = put(tmp_path, "﻿one two\r\n\r\n// a comment\n  three  \n---\nfour\n")
    assert Sentences.load(path).items == ("one two", "three", "four")


@pytest.mark.parametrize(
    ("content", "message", "hint"),
    [
        ("", "empty", "text"),
        ("one\ntwo\n", "only 2 sentences", "at least 3"),
        (b"PK\x03\x04\0\0", "not a text file", "plain text"),
        (b"one\ntwo\nth\xe9\n", "not UTF-8", "UTF-8"),
    ],
)
def test_a_text_file_that_cannot_be_used_gets_the_reason_and_a_fix(tmp_path, content, message, hint):
    problem = complaint(Sentences.load, put(tmp_path, content))
    assert message in problem.message
    assert hint in problem.hint
    assert problem.at.path.endswith("file.txt")


def test_a_wrong_character_is_named_with_its_line(tmp_path):
    assert complaint(Sentences.load, put(tmp_path, b"one\ntwo\nth\xe9\n")).at.line == 3


def test_a_huge_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "DATA_BYTES", 5)
    assert "the limit is" in complaint(Sentences.load, put(tmp_path, "one two three")).message


def test_a_folder_is_not_a_text_file(tmp_path):
    assert "folder" in complaint(Rounds.load, tmp_path).message


def test_the_sentences_of_a_folder_are_those_of_its_files(tmp_path):
    put(tmp_path, "one two\nthree\n", "a.txt")
    put(tmp_path, "He dug. She sowed. It rained. They left.", "b.md")
    assert Sentences.load(tmp_path).items == ("one two", "three", "He dug.", "She sowed.", "It rained.", "They left.")


def test_a_file_of_fifty_megabytes_is_refused_in_one_sentence(tmp_path):
    path = tmp_path / "big.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    problem = complaint(Sentences.load, path)
    assert (problem.message, problem.hint) == (
        "this file can't be read: it has 50 MB; the limit is 15 MB",
        "use a part of it",
    )


def test_a_demo_can_ask_for_more_sentences(tmp_path):
    with pytest.raises(WorkshopError, match="3 sentences are too few to tell"):
        Sentences.load(put(tmp_path, "a\nb\nc")).at_least(120, "to tell")


@pytest.mark.parametrize("parted", ["# Round 1\n{}\n\n{}\n# Round 2\n{}", "{}\n{}\n\n\n{}\n"])
def test_rounds_are_separated_by_headings_or_else_by_blank_lines(tmp_path, parted):
    text = parted.format("\n".join(EIGHT[:3]), "\n".join(EIGHT[3:5]), "\n".join(EIGHT[5:]))
    assert [len(r) for r in Rounds.load(put(tmp_path, text)).items] == [5, 3]


def test_one_round_alone_is_refused(tmp_path):
    assert "# Round 1" in complaint(Rounds.load, put(tmp_path, "\n".join(EIGHT))).hint


def test_two_rounds_of_two_are_too_few(tmp_path):
    problem = complaint(Rounds.load, put(tmp_path, "a b\nc d\n\ne f\ng h\n"))
    assert problem.message == "4 sentences are too few to learn from"


MARKDOWN = "# Library\n\n## Sheds {#s}\nTwo sheds.\n\n## Tools\nA rake.\nA hoe.\n\n## Dues\nForty.\n\n## Bees\nFour.\n"


def test_a_markdown_file_has_one_document_per_heading(tmp_path):
    library = Documents.load(put(tmp_path, MARKDOWN, "library.md"))
    assert [(d.id, d.title, d.text, d.at.line) for d in library.items[:2]] == [
        ("s", "Sheds", "Two sheds.", 3),
        ("tools", "Tools", "A rake. A hoe.", 6),
    ]


def test_a_folder_has_one_document_per_file(tmp_path):
    for name in ("b.txt", "a.md", "c.txt", "d-e.txt"):
        put(tmp_path, "# Sheds\n\nTwo sheds." if name == "a.md" else "Some text.", name)
    put(tmp_path, b"\0", "picture.png")
    library = Documents.load(tmp_path)
    assert [(d.id, d.title) for d in library.items] == [("a", "Sheds"), ("b", "B"), ("c", "C"), ("d-e", "D e")]


def test_a_yaml_list_has_one_document_per_entry(tmp_path):
    entries = "".join(f"- {{id: d{n}, title: no {n}, text: 10:30}}\n" for n in range(3))
    library = Documents.load(put(tmp_path, entries, "l.yaml"))
    assert [(d.id, d.title, d.text) for d in library.items[:2]] == [("d0", "no 0", "10:30"), ("d1", "no 1", "10:30")]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("l.md", "## One\ntext\n", "has 1 document, and at least 3 are needed"),
        ("l.md", MARKDOWN + "## Tools\nagain\n", "two documents have the id 'tools'"),
        ("l.md", MARKDOWN + "## Last\n", "'Last' has no text"),
        ("l.yaml", "a: b", "not a list"),
        ("l.yaml", "- [", "not YAML"),
        ("l.yaml", "- {title: x}", "document 1 has no text"),
    ],
)
def test_a_library_that_cannot_be_used_gets_the_reason(tmp_path, name, content, message):
    problem = complaint(Documents.load, put(tmp_path, content, name))
    assert message in problem.message
    assert problem.hint


def test_questions_are_read_by_column_name(tmp_path):
    rows = "".join(f'd{n}, "where, please, is {n}", shared\n' for n in range(4))
    questions = Questions.load(put(tmp_path, "Document, Question, Kind\n" + rows))
    first = questions.items[0]
    assert (first.text, first.document, first.kind, first.at.line) == ("where, please, is 0", "d0", "shared", 2)


@pytest.mark.parametrize(
    ("content", "message", "line"),
    [
        ("question,documents\na,b\n", "no column is named 'document'", 1),
        ("question,document\nwhere,when,b\n", "too many commas", 2),
        ("question,document\na,b\n,b\n", "no question", 3),
    ],
)
def test_a_question_file_that_cannot_be_used_names_the_line(tmp_path, content, message, line):
    problem = complaint(Questions.load, put(tmp_path, content))
    assert message in problem.message
    assert problem.at.line == line


def test_entries_of_a_list_without_a_question_are_left_out_and_counted(tmp_path):
    text = "- {card: a, question: who}\n- {card: b, question: ''}\n- {card: none, question: why, show: yes}\n"
    questions = Questions.load(put(tmp_path, text, "q.yaml"))
    assert [(q.text, q.document, q.kind) for q in questions.items] == [("who", "a", ""), ("why", "", "show")]
    assert questions.waiting == 1


def test_a_question_with_a_question_mark_behind_its_card_waits_for_a_yes(tmp_path):
    text = "- {card: a?, question: who}\n- {card: none?, question: why}\n- {card: b, question: when}\n"
    questions = Questions.load(put(tmp_path, text, "q.yaml"))
    assert [q.text for q in questions.items] == ["when"]
    assert questions.waiting == 2


def test_a_short_line_without_a_full_stop_above_text_is_its_title(tmp_path):
    put(tmp_path, "Remote working\nWorking from home is agreed in the team.", "a.txt")
    put(tmp_path, "Trains are booked early. A hotel\nmay be dear.", "b.txt")
    put(tmp_path, "Refunds\n\nMoney comes back.", "c.txt")
    assert [d.title for d in Documents.load(tmp_path).items] == ["Remote working", "B", "Refunds"]


def test_an_answer_outside_the_library_names_the_nearest(tmp_path):
    library = Documents.load(put(tmp_path, MARKDOWN, "l.md"))
    questions = Questions.load(put(tmp_path, "question,document\na,tools\nb,s\nc,\nd,tool\n"))
    with pytest.raises(WorkshopError, match="no document 'tool' — did you mean 'tools'"):
        questions.matched(library)


PROSE = [f"Sentence {word} has a few words of its own." for word in "abcdefghijklmnopqrstuvwxyzäöüßéè"]


def test_running_text_is_cut_into_four_rounds_and_a_sixth_is_held_out(tmp_path):
    text = Rounds.load(put(tmp_path, " ".join(PROSE)))
    sizes = {len(sentences) for sentences in text.items}
    assert (len(text.items), len(sizes)) == (4, 1)
    assert len(text.held_out) == len(PROSE) // 6
    assert not set(text.held_out) & {s for sentences in text.items for s in sentences}


def test_a_text_that_is_too_short_says_how_many_sentences_are_needed(tmp_path):
    problem = complaint(Rounds.load, put(tmp_path, " ".join(PROSE[:9])))
    assert "9 different sentences" in problem.message
    assert "24 would be enough" in problem.hint


def test_a_users_own_rounds_hold_out_their_last_sentences(tmp_path):
    rounds, held_out = Rounds.load(put(tmp_path, "\n".join(EIGHT[:4]) + "\n\n" + "\n".join(EIGHT[4:]))).parted()
    assert held_out == (EIGHT[3], EIGHT[7])
    assert [len(sentences) for sentences in rounds] == [3, 3]


def test_a_folder_has_its_subfolders_documents_too_and_no_hidden_files(tmp_path):
    for name in ("one/notes.md", "two/notes.md", "three.txt", "four.txt", ".hidden/five.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        put(tmp_path, "## Taps\n\nTwo *taps* and [a hose](x).", name)
    library = Documents.load(tmp_path)
    assert [d.id for d in library.items] == ["four", "one-notes", "three", "two-notes"]
    assert {d.text for d in library.items} == {"Two taps and a hose."}
    assert [d.title for d in library.items][1:3] == ["Taps (one-notes)", "Taps (three)"]


def test_every_file_of_a_folder_that_cannot_be_read_is_named(tmp_path):
    for name, content in (("a.txt", b""), ("b.txt", b"\0\0"), ("c.pdf", b"%PDF-1.4 nothing"), ("d.txt", b"fine")):
        put(tmp_path, content, name)
    with pytest.raises(WorkshopError) as caught:
        Documents.load(tmp_path)
    said = [(p.at.path.rpartition("/")[2], p.message) for p in caught.value.problems]
    assert [name for name, _ in said] == ["a.txt", "b.txt", "c.pdf"]
    assert "cannot be read" in said[2][1]


def pdf(path: Path, text: str) -> Path:
    """Write a one-page PDF with a text, using a different library from the one that reads it."""
    from matplotlib.backends.backend_pdf import FigureCanvasPdf
    from matplotlib.figure import Figure

    figure = Figure()
    figure.text(0.1, 0.5, text, wrap=False)
    FigureCanvasPdf(figure).print_pdf(path, metadata={"CreationDate": None})
    return path


def test_a_pdf_is_read_like_a_text(tmp_path):
    for number in range(4):
        pdf(tmp_path / f"note-{number}.pdf", f"Note {number} speaks of taps.")
    library = Documents.load(tmp_path)
    first = library.items[0]
    assert (first.title, first.text) == ("Note 0", "Note 0 speaks of taps.")


def test_a_pdf_without_text_says_what_to_do(tmp_path):
    assert "OCR" in complaint(Sentences.load, pdf(tmp_path / "scan.pdf", "")).hint


def test_a_pdf_with_a_cipher_that_cannot_be_opened_says_what_to_do(tmp_path, monkeypatch):
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    def locked(_):
        raise DependencyError("cryptography>=3.1 is required for AES algorithm")

    content = pdf(tmp_path / "locked.pdf", "Text").read_bytes()
    monkeypatch.setattr(PdfReader, "is_encrypted", property(locked))
    with pytest.raises(ApartError, match=r"encrypted\t.*print it as PDF"):
        pdf_text(content)


def test_a_padded_heading_is_read_at_once_and_an_empty_one_takes_no_line_after_it(tmp_path):
    for name, content in (
        ("a.md", "# Taps" + " " * 20_000 + "{.x}\n\nTwo taps."),
        ("b.md", "##\nText of b."),
        ("c.md", "# C {#own}\n\nText."),
    ):
        put(tmp_path, content, name)
    library = Documents.load(tmp_path)
    assert [(d.id, d.title) for d in library.items] == [("a", "Taps"), ("b", "B"), ("c", "C")]


def test_files_with_the_same_name_are_different_documents(tmp_path):
    for name in ("a.md", "a.txt", "b.txt"):
        put(tmp_path, f"Text of {name}.", name)
    assert [d.id for d in Documents.load(tmp_path).items] == ["a", "a-2", "b"]


@pytest.mark.parametrize("text", ["- {title: a, text: [x, y]}\n", "- {title: {a: b}, text: c}\n", "- \x07\n"])
def test_a_yaml_library_of_another_shape_is_one_clear_problem(tmp_path, text):
    problem = complaint(Documents.load, put(tmp_path, text, "l.yaml"))
    assert problem.hint


def test_questions_are_read_with_semicolons_as_well(tmp_path):
    rows = "".join(f"where is {n};d{n}\n" for n in range(4))
    assert len(Questions.load(put(tmp_path, "question;document\n" + rows)).items) == 4


def test_a_link_out_of_a_folder_is_not_followed_and_is_named(tmp_path):
    put(tmp_path, "The password of the vault is 4711.", "secret.txt")
    folder = tmp_path / "library"
    folder.mkdir()
    for name in ("a", "b", "c"):
        put(folder, f"Text of {name}.", f"{name}.txt")
    (folder / "z.txt").symlink_to(tmp_path / "secret.txt")
    assert [d.id for d in Documents.load(folder).items] == ["a", "b", "c"]
    assert [file.name for file in unread_files(folder)] == ["z.txt"]


@pytest.mark.parametrize("styled", [True, False])
def test_headings_of_a_word_document_have_the_style_of_one_or_else_are_short_and_bold(tmp_path, styled):
    from docx import Document

    document = Document()
    for title, text in {
        "Clean hands": "Wash them first.",
        "Fire": "Never use the lifts.",
        "Food": "It is hot.",
    }.items():
        if styled:
            document.add_heading(title, 2)
            document.add_paragraph().add_run("A line that is bold").bold = True
        else:
            document.add_paragraph().add_run(title).bold = True
        document.add_paragraph(text)
        document.add_paragraph().add_run("This sentence is bold.").bold = True
    document.save(tmp_path / "house.docx")
    text, _ = read_text_file(tmp_path / "house.docx")
    assert [line for line in text.splitlines() if line.startswith("#")] == ["# Clean hands", "# Fire", "# Food"]

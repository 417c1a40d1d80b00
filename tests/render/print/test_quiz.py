from msgspec.structs import replace

from workshop.errors import At
from workshop.model.blocks import Run
from workshop.model.prints import Option, Question
from workshop.render.print.forms import QUIZ, QUIZ_KEY, QUIZ_LATER, render_quiz, render_quiz_key, render_quiz_later

from . import kits

AT = At("quiz.yaml", 3)


def question(number, right=1):
    texts = ("It looks it up", "From its weights", "All of it is stored", "Nobody knows")
    options = tuple(
        Option((Run(text),), n == right, "" if n == right else f"belief-{number}-{n}") for n, text in enumerate(texts)
    )
    return Question(
        id=f"q{number}",
        stage=f"stage-{number}",
        text=(Run(f"Question {number}: where is it from?"),),
        options=options,
        at=AT,
        number=number,
    )


def pages_of(read, count=8, make=render_quiz, **changes):
    made = kits.kit(quiz=tuple(question(n) for n in range(1, count + 1)), **changes)
    return [" ".join(page.extract_text().split()) for page in read(make(kits.laid(made))).pages]


def test_the_same_questions_are_asked_before_and_after(read):
    pages = pages_of(read)
    assert len(pages) == 2  # one leaf
    assert "BEFORE" in pages[0]
    assert "AFTER" in pages[1]
    for word in ("Question 1", "Question 8", "Tick one answer"):
        assert word in pages[0]
        assert word in pages[1]
    assert pages[0] != pages[1]
    assert all("Question 4" in page and "Question 5" in page for page in pages)
    assert all("If you are sure, ring its letter" in page for page in pages)


def heights_of(page, word):
    found = []

    def visit(text, _ctm, matrix, _font, _size):
        if word in text:
            found.append(round(matrix[5], 1))

    page.extract_text(visitor_text=visit)
    return found


def test_the_two_columns_have_their_questions_on_the_same_lines(read):
    longer = replace(question(2), text=(Run("Question 2: where is it from? " + "And why is that so? " * 6),))
    asked = (question(1), longer, *(question(n) for n in range(3, 9)))
    for page in read(render_quiz(kits.laid(kits.kit(quiz=asked)))).pages:
        heads = [heights_of(page, f"Question {n}:") for n in range(1, 9)]
        assert heads[:4] == heads[4:]


def test_only_the_key_names_the_misconceptions(read):
    (key,) = pages_of(read, make=render_quiz_key)
    assert "belief 3 2" in key
    assert not any("belief" in page for page in pages_of(read))
    assert key.count("right") >= 8


def test_a_question_of_the_key_has_one_number_and_names_its_stage(read):
    (key,) = pages_of(read, make=render_quiz_key)
    assert "4 Question 4: where is it from? Stage 4" in key
    assert "4. Question" not in key


def test_the_key_is_a_file_of_its_own_that_comes_with_the_quiz():
    assert (QUIZ.filename, QUIZ_KEY.filename) == ("quiz.pdf", "quiz-key.pdf")
    assert QUIZ_KEY.along_with == "quiz"


def test_the_right_answer_leaves_no_trace_on_the_sheets():
    made = kits.laid(kits.kit(quiz=tuple(question(n) for n in range(1, 9))))
    other = kits.laid(kits.kit(quiz=tuple(question(n, right=3) for n in range(1, 9))))
    assert render_quiz(made) == render_quiz(other)


def test_questions_of_both_pages_have_the_same_air(read):
    def tops(page):
        found = []
        page.extract_text(visitor_text=lambda t, _, m, *rest: found.append(m[5]) if "Question" in t else None)
        return found

    made = kits.laid(kits.kit(quiz=tuple(question(n) for n in range(1, 9))))
    first, second = (tops(page) for page in read(render_quiz(made)).pages[:2])
    assert round(first[0] - first[1], 1) == round(second[0] - second[1], 1)


def test_the_key_shows_how_answers_are_typed_in(read):
    key = pages_of(read, 3, render_quiz_key, paper="letter")[-1]
    assert "participant,when,1,2,3" in key
    assert "07,before,A,A,A" in key


def test_the_quiz_is_tagged(tags_of):
    pdf = render_quiz(kits.laid(kits.kit(quiz=(question(1),))))
    assert b"pdfuaid" in pdf
    assert [role for role, _ in tags_of(pdf)].count("/H1") == 2


def test_a_kit_without_questions_has_no_quiz():
    assert not QUIZ.default
    assert QUIZ.missing(kits.kit()) == "quiz"


def test_other_questions_weeks_after_are_a_sheet_and_a_text_to_mail(read):
    made = kits.laid(kits.kit(quiz=(question(1),), later=(question(1), question(2))))
    files = render_quiz_later(made)
    assert list(files) == ["quiz-later.pdf", "quiz-later.txt"]
    (page,) = read(files["quiz-later.pdf"]).pages
    text = " ".join(page.extract_text().split())
    assert "WEEKS ON" in text
    assert "Question 2: where is it from?" in text
    mail = files["quiz-later.txt"].decode()
    assert "number of your name tag" in mail
    assert "2. Question 2: where is it from?\n   A. It looks it up\n   B. From its weights\n" in mail
    assert QUIZ_LATER.missing(made.kit) == ""
    assert QUIZ_LATER.missing(kits.kit(quiz=(question(1),))) == "questions for later"


def test_the_key_has_one_letter_for_questions_of_weeks_after_and_the_column_to_type_them_in(read):
    made = kits.laid(kits.kit(quiz=(question(1),), later=(question(1, right=3),)))
    text = " ".join(page.extract_text() for page in read(render_quiz_key(made)).pages)
    assert "participant,when,1,later" in text
    assert "07,before,A,A" in text
    assert " ".join(text.split()).count("where is it from?") == 2

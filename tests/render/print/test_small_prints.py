import pytest
from msgspec.structs import replace

from workshop.model.blocks import Run
from workshop.model.kit import Reference, Slide
from workshop.render.print.feedback import render_feedback
from workshop.render.print.handout import handout_pages, paged, render_handout

from . import kits
from .measured import sizes_of

A4, LETTER = (595, 842), (612, 792)
MAKERS = (render_handout, render_feedback)


def pages_of(read, pdf):
    return [" ".join(page.extract_text().split()) for page in read(pdf).pages]


# ---------------------------------------------------------------- handout
def test_the_handout_has_four_slides_per_page_and_names_each_stage_once(read):
    made = kits.kit()
    pages = pages_of(read, render_handout(kits.laid(made)))
    assert len(pages) == handout_pages(made) == 6
    everything = " ".join(pages)
    assert all(everything.count(f" {number} {title}") >= 1 for number, title in enumerate(kits.TITLES, start=1))


@pytest.mark.parametrize(("slides", "pages"), [(1, [1]), (4, [4]), (9, [4, 3, 2]), (10, [4, 4, 2]), (13, [4, 4, 3, 2])])
def test_no_page_of_the_handout_is_left_with_one_slide(slides, pages):
    assert [len(page) for page in paged([{"number": str(n)} for n in range(slides)])] == pages


def test_slides_of_the_handout_have_their_numbers_and_titles(words_of):
    words = words_of(render_handout(kits.laid(kits.kit())))
    assert "1 Training data: finish this sentence" in words
    assert "24 It keeps counts, not sentences" in words


def test_dividers_and_hidden_slides_are_not_in_the_handout():
    stage = kits.stage(1, "Training data")
    extra = (
        Slide(id="cover", layout="cover", title=(Run("Cover"),), slots=()),
        Slide(id="hid", layout="content", title=(Run("Hidden"),), slots=(), hidden=True),
    )
    bare = kits.kit(stages=(type(stage)(id=stage.id, title=stage.title, slides=extra, number=1),))
    assert handout_pages(bare) == 0


def citing(slides, works):
    """Return a kit with the given number of slides in the handout, the first citing the given number of works, and one hidden slide."""
    keys = tuple(f"work-{n}" for n in range(works))
    made = [
        Slide(id=f"s{n}", layout="content", title=(Run(f"Slide {n}"),), slots=(), cites=keys if not n else ())
        for n in range(slides)
    ]
    hidden = Slide(id="hid", layout="content", title=(Run("Hidden"),), slots=(), hidden=True, cites=("unseen",))
    stage = kits.stage(1, "Training data")
    listed = [
        Reference(
            who=f"Lee {key} et al. 2021", work=f"On {key}?", version="arXiv 2107.06499", scope="", caveat="", key=key
        )
        for key in keys
    ]
    listed.append(
        Reference(who="Nobody 2020", work="Never shown", version="arXiv 1", scope="", caveat="", key="unseen")
    )
    return kits.kit(
        stages=(type(stage)(id=stage.id, title=stage.title, slides=(*made, hidden), number=1),),
        references=tuple(listed),
    )


@pytest.mark.parametrize(
    ("slides", "works", "pages"), [(3, 2, 1), (4, 2, 2), (6, 12, 2), (6, 13, 3), (4, 28, 2), (4, 29, 3), (4, 0, 1)]
)
def test_the_handout_ends_with_the_works_that_its_slides_cite(read, slides, works, pages):
    made = citing(slides, works)
    found = pages_of(read, render_handout(kits.laid(made)))
    assert len(found) == handout_pages(made) == pages
    text = " ".join(found)
    assert all(f"Lee work-{n} et al. 2021. On work-{n}? arXiv 2107.06499" in text for n in range(works))
    assert "Nobody" not in text
    assert ("Sources" in text) == bool(works)


def test_nothing_in_the_handout_is_smaller_than_nine_points():
    assert min(size for size, _ in sizes_of(render_handout(kits.laid(citing(4, 60))))) >= 9


def test_a_work_that_is_listed_twice_for_two_figures_is_in_the_handout_once():
    made = citing(3, 2)
    first, second, *rest = made.references
    twice = replace(made, references=(first, replace(second, who=first.who, work=first.work), *rest))
    assert [work.key for work in twice.works] == ["work-0"]


# ---------------------------------------------------------------- feedback
def test_feedback_is_one_page_with_a_row_per_stage(read):
    (page,) = pages_of(read, render_feedback(kits.laid(kits.kit())))
    assert all(title in page for title in kits.TITLES)
    assert "I could explain it" in page


def test_feedback_for_twelve_stages_still_fits(read):
    titles = tuple(f"Verstärkendes Lernen {n}" for n in range(1, 13))
    assert len(read(render_feedback(kits.laid(kits.kit(titles, paper="letter")))).pages) == 1


# ---------------------------------------------------------------- all of them
@pytest.mark.parametrize("make", MAKERS)
def test_each_is_tagged(make, tags_of):
    pdf = make(kits.laid(kits.kit()))
    assert b"pdfuaid" in pdf
    assert ("/H1", "") in tags_of(pdf)

from msgspec.structs import replace

from tests.plan.invariants.plans import broken, change, prose, whole
from workshop.model.kit import Exercise, Note, Sheet

BAKERS = "bakers, 30 minutes: "


def test_a_file_that_is_named_is_made():
    opening, *rest = change(whole(), "myth", notes=(Note("do", prose("Hand out cards.pdf and quiz.pdf.")),))
    stages = (replace(opening, material=("booklet.pdf, one each", "pencils")), *rest)
    assert broken("P24", stages, files={"quiz.pdf"}) == [
        f"{BAKERS}the material of 'opening' names booklet.pdf, which a build doesn't make",
        f"{BAKERS}slide 'myth' names cards.pdf, which a build doesn't make",
    ]
    assert broken("P24", stages, files={"quiz.pdf", "cards.pdf", "booklet.pdf"}) == []
    assert broken("P24", stages) == []  # nobody said which files are made


def test_a_task_in_the_booklet_has_its_minutes():
    task = Exercise(
        id="count", title="Count", minutes=0, level=1, calculator=False, task=(), hint=(), solution=(), booklet=True
    )
    sheet = Sheet(
        id="S2",
        stage="oven",
        number=2,
        title="Bake",
        aim="",
        exercises=(task, replace(task, id="home", booklet=False)),
        in_class=("count",),
    )
    assert broken("P24", whole(), kit={"sheets": (sheet,)}) == [f"{BAKERS}task 'count' in the booklet has no minutes"]
    timed = replace(sheet, exercises=(replace(task, minutes=6),))
    assert broken("P24", whole(), kit={"sheets": (timed,)}) == []

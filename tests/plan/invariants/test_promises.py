from msgspec.structs import replace

from tests.plan.invariants.plans import broken, change, prose, slide, stage, whole, without
from workshop.model.kit import Note, Sheet
from workshop.model.meta import KitMeta

BAKERS = "bakers, 30 minutes: "


def promising(text, **look):
    return change(whole(), "hello", promise=True, slots=(("main", (prose(text, **look),)),))


def test_a_promise_names_the_slide_that_keeps_it():
    assert broken("P7", promising("You bake one by hand")) == [
        f"{BAKERS}slide 'hello' promises “by hand” without kept-by="
    ]
    assert broken("P7", promising("You bake one by hand", kept_by=("knead",))) == []
    assert broken("P7", change(whole(), "crust", slots=(("main", (prose("by hand"),)),))) == []  # promises nothing


def test_a_promise_whose_slide_is_out_names_it():
    stages = without(promising("You bake one by hand", kept_by=("knead",)), "knead")
    assert broken("P7", stages) == [f"{BAKERS}slide 'hello' promises “You bake one by hand”, but 'knead' is left out"]


def test_subtitle_certificate_aims_and_objectives_promise_nothing_without_a_condition():
    written = KitMeta(subtitle="Baked by hand", certificate="who has a pencil[, and you vote]{kept-by=taste}")
    opening, dough, *rest = whole()
    dough = replace(dough, aim="They vote", objectives=("vote on bread {kept-by=taste}", "say why"))
    assert broken("P7", (opening, dough, *rest), written=written) == [
        f"{BAKERS}the cover's subtitle promises “by hand” without kept-by=",
        f"{BAKERS}the certificate promises “pencil” without kept-by=",
        f"{BAKERS}the aim of 'dough' promises “vote” without kept-by=",
    ]


def test_a_stage_that_is_out_is_not_named():
    stages = tuple(one for one in whole() if one.id != "oven")
    stages = change(stages, "rise", notes=(Note("say", prose("As in stage two, it grows.")),))
    assert broken("P11", stages) == [f"{BAKERS}slide 'rise' mentions stage 2, which is left out"]


def test_what_was_seen_before_is_said_under_a_condition_only():
    loose = change(whole(), "crust", notes=(Note("say", prose("As we saw, it rises.")),))
    assert broken("P11", loose) == [f"{BAKERS}slide 'crust' says “As we saw” outside of a piece with needs="]
    tied = change(whole(), "crust", notes=(Note("say", prose("As we saw, it rises.", needs=("rise",))),))
    assert broken("P11", tied) == []


def test_a_sheet_that_is_not_printed_is_not_named():
    stages = change(whole(), "rise", notes=(Note("do", prose("Hand out S1.")),))
    assert broken("P11", stages) == [f"{BAKERS}slide 'rise' mentions the sheet S1, which isn't printed"]
    sheet = Sheet(id="S1-00A", stage="dough", number=1, title="Dough", aim="", exercises=())
    assert broken("P11", stages, kit={"sheets": (sheet,)}) == []


def test_a_slide_of_another_plan_is_not_looked_at():
    extra = stage("dough", slide("hidden", said="As we saw"), number=1)
    opening, dough, *rest = whole()
    written = (opening, replace(dough, slides=(*dough.slides, *extra.slides)), *rest)
    assert broken("P11", whole(), stages=written) == []

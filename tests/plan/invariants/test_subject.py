from tests.plan.invariants.plans import broken, change, prose, whole, without
from workshop.model.meta import KitMeta, Point, Statement

BAKERS = "bakers, 30 minutes: "
SAYS = Statement(says="Yeast makes it rise", slides=("rise",), phrases=("Yeast’s gas", "bubbles"))
DAY = {
    "written": KitMeta(whole={"bakers": 30}),
    "points": (Point(id="1.1", text="Yeast", stage="dough", shown=(SAYS,)),),
}


def test_a_statement_names_its_point_its_slide_and_the_phrase_that_is_missing():
    stages = change(whole(), "rise", slots=(("main", (prose("It’s yeast's gas."),)),))
    assert broken("P15", stages, **DAY) == [f"{BAKERS}point 1.1: “bubbles” is not on rise"]
    both = change(whole(), "rise", slots=(("main", (prose("Yeast's gas, in bubbles."),)),))
    assert broken("P15", both, **DAY) == []


def test_a_statement_whose_slide_is_out_names_the_slide():
    assert broken("P15", without(whole(), "rise"), **DAY) == [
        f"{BAKERS}point 1.1 needs the slide 'rise': Yeast makes it rise"
    ]


def test_a_statement_may_name_the_plan_that_must_show_it():
    later = Statement(says="Steam", slides=("crust", "loaf"), phrases=("steam",), whole={"bakers": 60})
    day = DAY | {"points": (Point(id="1.2", text="Steam", stage="oven", shown=(later,)),)}
    assert broken("P15", whole(), **day) == []
    assert broken("P15", whole(), **day, slot=60) == ["bakers, 60 minutes: point 1.2: “steam” is not on crust, loaf"]


def test_only_the_plan_that_claims_the_whole_subject_is_held_to_it():
    assert broken("P15", whole(), **DAY, slot=60) == []

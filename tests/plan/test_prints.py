import pytest

from workshop.errors import At, Report
from workshop.model.frozen import Frozen
from workshop.model.markup import Attrs, Paragraph, Text, Value
from workshop.model.meta import KitMeta, StageMeta
from workshop.model.policy import KIT
from workshop.model.print_source import EntryMeta, PartMeta, PrintEntry, PrintMeta, PrintPart, PrintSource
from workshop.model.source import Content, StageSource
from workshop.plan.printed_matter import plan_prints
from workshop.plan.scope import Scope

AT = At("data/x.yaml", 3)
FACTS = {"demo": Frozen({"pages": 346})}


def part(name, *inlines, **meta):
    nodes = tuple(Text(i, AT) if isinstance(i, str) else i for i in inlines)
    return PrintPart(name=name, blocks=(Paragraph(nodes, AT),), at=AT, meta=PartMeta(**meta))


def stage(name="one"):
    return StageSource(id=name, meta=StageMeta(title=name.title(), number=4), at=AT)


def plan(source, people=20, varied="", audience="general"):
    content = Content(root=None, name="", policy=KIT, meta=KitMeta(), stages=(stage(),), prints=(source,))
    report = Report()
    scope = Scope(
        root=None,
        audience=audience,
        names=FACTS,
        findings={},
        failed=frozenset(),
        sources={},
        report=report,
        digits=True,
        varied=varied,
    )
    return plan_prints(content, (stage(),), {"one": 4}, people, scope), report


def cards(*entries, **meta):
    said = PrintMeta(**{"stage": "one", "title": "Pages"} | meta)
    return PrintSource(kind="cards", name="pages", entries=entries, at=AT, meta=said)


def entry(*inlines, **changes):
    return PrintEntry((part("front", *inlines),), AT, **changes)


def test_a_card_shows_the_value_of_the_run():
    planned, report = plan(cards(entry("It took ", Value("demo.pages | count", AT), " pages.")))
    assert planned.decks[0].cards[0].front[0].lines[0].text == "It took 346 pages."
    assert not report.found


def test_a_bare_digit_on_a_card_is_a_warning():
    _, report = plan(cards(entry("It took 346 pages.")))
    assert [p.code for p in report.found] == ["stray-digit"]


def test_digits_of_documents_are_their_own():
    _, report = plan(cards(entry("Open from 9."), documents="lib.md"))
    assert not report.found


def test_a_card_for_another_audience_is_left_out_and_numbers_stay_in_a_row():
    others = Attrs(pairs=(("for", "students"),))
    planned, _ = plan(cards(entry("a"), entry("b", attrs=others), entry("c")))
    assert [(c.number, c.front[0].lines[0].text) for c in planned.decks[0].cards] == [(1, "a"), (2, "c")]


@pytest.mark.parametrize(("meta", "sets"), [({}, 7), ({"group": 4}, 5), ({"per": "room"}, 1), ({"per": "person"}, 20)])
def test_there_are_sets_enough_for_the_room(meta, sets):
    planned, _ = plan(cards(entry("a"), **meta))
    assert planned.decks[0].sets == sets


def test_a_missing_number_is_an_error_and_with_own_data_the_card_is_left_out():
    source = cards(entry(Value("demo.gone", AT)), entry("b"))
    _, report = plan(source)
    assert report.errors
    planned, report = plan(source, varied="for your data")
    assert not report.errors
    assert len(planned.decks[0].cards) == 1


def test_everybody_has_a_ballot_with_a_code_of_the_stage():
    rounds = PrintEntry(
        (part("question", "Which?"), part("a", "This.", kind="x"), part("b", "That.", kind="y")), AT, EntryMeta(round=1)
    )
    planned, _ = plan(
        PrintSource(kind="ballots", name="b", entries=(rounds,), at=AT, meta=PrintMeta(stage="one", title="Vote")),
        people=8,
    )
    assert planned.ballots.codes[-2:] == ("07M", "08N")
    assert planned.ballots.rounds[0].b.kind == "y"


def test_what_belongs_to_a_stage_that_is_out_is_not_planned():
    planned, _ = plan(cards(entry("a"), stage="two"))
    assert planned.decks == ()

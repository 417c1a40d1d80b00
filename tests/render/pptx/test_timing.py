import pytest
from lxml import etree

from tests.render.pptx.written import joined, xml
from workshop.render.office_xml import NAMESPACES, parsed
from workshop.render.pptx import timing as written
from workshop.render.pptx.timing import Appear, Drain, Grow, Show

P = {"p": "http://schemas.openxmlformats.org/presentationml/2006/main"}
CLICKS = [[Appear(7, 0), Appear(7, 1)], [Appear(7, 2)], [Appear(9, 0)]]
TIMER = Drain(shape=4, duration=60_000, trigger=5)


def timing_xml(clicks, timers=()):
    return parsed(written.timing_xml(clicks, timers))


def sequences(timing):
    """The sequences below the root, by what they are."""
    nodes = timing.findall("p:tnLst/p:par/p:cTn/p:childTnLst/p:seq", P)
    return {(node.find("p:cTn", P).get("nodeType"), place): node for place, node in enumerate(nodes)}


def steps(sequence):
    """Return the steps that one sequence plays: the delay, the effect on each shape or paragraph, and when."""
    found = []
    for step in sequence.findall("p:cTn/p:childTnLst/p:par", P):
        (together,) = _children(step)
        assert _delay(together) == "0"
        assert {node.find("p:cTn", P).get("fill") for node in (step, together)} == {"hold"}, "what appeared stays"
        found.append((_delay(step), [_played(effect) for effect in _children(together)]))
    return found


def _children(par):
    return par.findall("p:cTn/p:childTnLst/*", P)


def _delay(node):
    return node.find("p:cTn/p:stCondLst/p:cond", P).get("delay")


def _played(effect):
    how = effect.find("p:cTn", P)
    found = [how.get("nodeType"), _delay(effect)]
    for node in _children(effect):
        behaviour = node.find("p:cBhvr", P)
        shape = behaviour.find("p:tgtEl/p:spTgt", P)
        line = shape.find("p:txEl/p:pRg", P)
        target = (int(shape.get("spid")), None if line is None else (int(line.get("st")), int(line.get("end"))))
        if node.tag.endswith("}set"):
            assert behaviour.find("p:attrNameLst/p:attrName", P).text == "style.visibility"
            start = int(behaviour.find("p:cTn/p:stCondLst/p:cond", P).get("delay"))
            found.append((node.find("p:to/p:strVal", P).get("val"), target, start))
        else:
            found.append((node.get("filter"), target, int(behaviour.find("p:cTn", P).get("dur"))))
    return tuple(found)


def test_every_click_shows_its_lines_at_once_and_waits_for_the_next():
    (((kind, _), main),) = sequences(timing_xml(CLICKS)).items()
    assert kind == "mainSeq"
    assert steps(main) == [
        (
            "indefinite",
            [
                ("clickEffect", "0", ("visible", (7, (0, 0)), 0)),
                ("withEffect", "0", ("visible", (7, (1, 1)), 0)),
            ],
        ),
        ("indefinite", [("clickEffect", "0", ("visible", (7, (2, 2)), 0))]),
        ("indefinite", [("clickEffect", "0", ("visible", (9, (0, 0)), 0))]),
    ]


def test_the_sequence_of_clicks_goes_on_with_the_next_slide_and_back_with_the_one_before():
    ((_, main),) = sequences(timing_xml(CLICKS)).items()
    assert (main.get("concurrent"), main.get("nextAc")) == ("1", "seek")
    for path, event in (("p:prevCondLst", "onPrev"), ("p:nextCondLst", "onNext")):
        (condition,) = main.findall(f"{path}/p:cond", P)
        assert (condition.get("evt"), condition.get("delay")) == (event, "0")
        assert condition.find("p:tgtEl/p:sldTgt", P) is not None
    assert main.find("p:cTn", P).get("dur") == "indefinite"


def test_a_timer_waits_for_a_click_on_its_trigger_and_can_be_started_again():
    (((kind, _), own),) = sequences(timing_xml([], [TIMER])).items()
    assert kind == "interactiveSeq"
    how = own.find("p:cTn", P)
    assert how.get("restart") == "whenNotActive"
    assert how.get("fill") == "hold"
    assert how.get("evtFilter") == "cancelBubble", "the click doesn't also turn to the next slide"
    assert (own.get("concurrent"), own.get("nextAc")) == ("1", "seek")
    for path in ("p:cTn/p:stCondLst/p:cond", "p:nextCondLst/p:cond"):
        (condition,) = own.findall(path, P)
        assert (condition.get("evt"), condition.get("delay")) == ("onClick", "0")
        assert condition.find("p:tgtEl/p:spTgt", P).get("spid") == "5"
    end = own.find("p:cTn/p:endSync", P)
    assert (end.get("evt"), end.get("delay"), end.find("p:rtn", P).get("val")) == ("end", "0", "all")


def test_a_timer_is_wiped_away_from_the_right_for_as_long_as_it_says_and_then_is_hidden():
    ((_, own),) = sequences(timing_xml([], [TIMER])).items()
    assert steps(own) == [
        ("0", [("clickEffect", "0", ("wipe(right)", (4, None), 60_000), ("hidden", (4, None), 59_999))])
    ]
    wipe = own.find(".//p:animEffect", P)
    assert wipe.get("transition") == "out"


def test_timers_do_not_take_part_in_the_clicks():
    found = sequences(timing_xml(CLICKS, [TIMER, Drain(14, 1000, 15)]))
    assert [kind for kind, _ in found] == ["mainSeq", "interactiveSeq", "interactiveSeq"]
    assert len(steps(found["mainSeq", 0])) == 3
    assert steps(found["interactiveSeq", 2])[0][1][0][2] == ("wipe(right)", (14, None), 1000)


@pytest.mark.parametrize("timing", [timing_xml(CLICKS), timing_xml([], [TIMER]), timing_xml(CLICKS, [TIMER, TIMER])])
def test_every_node_of_time_has_a_number_of_its_own_from_one(timing):
    numbers = [int(node.get("id")) for node in timing.iter(f"{{{P['p']}}}cTn")]
    assert len(set(numbers)) == len(numbers)
    assert min(numbers) == 1


@pytest.mark.parametrize(
    ("timing", "preset"),
    [
        (timing_xml([[Appear(7, 0)]]), {"presetID": "1", "presetClass": "entr", "presetSubtype": "0"}),  # appear
        (
            timing_xml([], [TIMER]),
            {"presetID": "22", "presetClass": "exit", "presetSubtype": "2"},
        ),  # wipe, from the right
    ],
)
def test_effects_are_presets_that_powerpoint_lists_in_its_pane(timing, preset):
    (effect,) = timing.findall(".//p:cTn[@presetID]", NAMESPACES)
    assert {name: effect.get(name) for name in preset} == preset
    assert (effect.get("grpId"), effect.get("fill")) == ("0", "hold")


def test_the_root_runs_as_long_as_the_slide_and_is_never_started_again():
    root = timing_xml(CLICKS).find("p:tnLst/p:par/p:cTn", P)
    assert dict(root.attrib) == {"id": "1", "dur": "indefinite", "restart": "never", "nodeType": "tmRoot"}


def test_shapes_that_appear_by_line_or_drain_as_a_whole_are_listed_once_each():
    timing = timing_xml(CLICKS, [TIMER, TIMER])
    assert xml(timing.find("p:bldLst", P)) == joined(
        '<p:bldLst><p:bldP spid="7" grpId="0" build="p"/><p:bldP spid="9" grpId="0" build="p"/>',
        '<p:bldP spid="4" grpId="0" animBg="1"/></p:bldLst>',
    )


def test_a_shape_appears_as_a_whole_and_is_listed_only_if_it_has_text():
    timing = timing_xml([[Show(5, text=True), Show(6, text=False)]])
    (step,) = steps(sequences(timing)["mainSeq", 0])
    assert [effect[0] for effect in step[1]] == ["clickEffect", "withEffect"]
    targets = timing.findall(".//p:spTgt", P)
    assert [target.get("spid") for target in targets] == ["5", "6"]
    assert not any(len(target) for target in targets)
    assert xml(timing.find("p:bldLst", P)) == '<p:bldLst><p:bldP spid="5" grpId="0" animBg="1"/></p:bldLst>'
    assert [node.get("grpId") for node in timing.findall(".//p:cTn[@presetID]", NAMESPACES)] == ["0", None]


def test_a_slide_on_which_only_a_picture_appears_has_no_list_of_builds():
    written = timing_xml([[Show(7, text=False)]])
    assert sequences(written)
    assert [node.tag.partition("}")[2] for node in written] == ["tnLst"]


def test_a_set_takes_one_millisecond_and_holds():
    for node in timing_xml(CLICKS, [TIMER]).iter(f"{{{P['p']}}}set"):
        how = node.find("p:cBhvr/p:cTn", P)
        assert (how.get("dur"), how.get("fill")) == ("1", "hold")


def test_the_same_clicks_are_written_alike():
    assert etree.tostring(timing_xml(CLICKS, [TIMER])) == etree.tostring(timing_xml(CLICKS, [TIMER]))


GROWING = [Grow(7, "series", 0, "left", 0), Grow(7, "series", 1, "left", 300)]


def parts(timing):
    """The parts of a chart that are wiped in: the indices, the kind of part, the filter and the delay."""
    found = []
    for effect in timing.iter(f"{{{P['p']}}}cTn"):
        if effect.get("presetID") == "22":
            part = next(effect.iter(f"{{{NAMESPACES['a']}}}chart"))
            wipe = next(effect.iter(f"{{{P['p']}}}animEffect"))
            delay = int(effect.find("p:stCondLst/p:cond", P).get("delay"))
            found.append(
                (
                    int(part.get("seriesIdx")),
                    int(part.get("categoryIdx")),
                    part.get("bldStep"),
                    wipe.get("filter"),
                    delay,
                )
            )
    return found


def test_a_chart_grows_in_one_click_part_after_part_with_its_axes_there_from_the_start():
    timing = timing_xml([GROWING])
    assert parts(timing) == [(0, -3, "series", "wipe(left)", 0), (1, -3, "series", "wipe(left)", 300)]
    kinds = [e.get("nodeType") for e in timing.iter(f"{{{P['p']}}}cTn") if e.get("presetID")]
    assert kinds == ["clickEffect", "withEffect"]
    (build,) = timing.findall("p:bldLst/p:bldGraphic", P)
    chart = build.find(f"p:bldSub/{{{NAMESPACES['a']}}}bldChart", P)
    assert (build.get("spid"), chart.get("bld"), chart.get("animBg")) == ("7", "series", "0")


def test_bars_grow_by_category_from_their_axis():
    assert parts(timing_xml([[Grow(7, "category", 2, "down", 600)]])) == [(-3, 2, "category", "wipe(down)", 600)]


def test_programs_that_do_not_know_morph_fade():
    both = parsed(written.morph())
    choice, fallback = both
    assert choice.get("Requires") == "p159"
    assert choice.nsmap["p159"] == NAMESPACES["p159"]
    assert choice.find("p:transition", P)[0].get("option") == "byObject"
    assert fallback.find("p:transition/p:fade", P) is not None

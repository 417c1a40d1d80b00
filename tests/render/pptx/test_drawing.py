from pptx.oxml.ns import qn

from workshop.layout.laid import LaidShapes, Shape
from workshop.model.blocks import Line, Run
from workshop.model.theme import Box
from workshop.render.office_xml import el, parsed
from workshop.render.pptx.drawing import drawn
from workshop.render.pptx.text import Look

LEFT, RIGHT, BELOW = Box(0, 0, 100, 50), Box(300, 0, 100, 50), Box(0, 200, 100, 50)
WORD = (Line((Run("word"),)),)


def draw(*shapes, alt="", link=lambda _: None):
    numbers = iter(range(2, 100))
    look = Look(language="en-GB", mono="Courier New", link=link)
    return [parsed(made) for made in drawn(LaidShapes(shapes, alt), lambda: next(numbers), look)]


def rect(box, **how):
    return Shape(kind="rect", box=box, fill="panel", lines=WORD, sizes=(18,), **how)


def arrow(kind="arrow", ends=(0, 1), box=LEFT):
    return Shape(kind=kind, box=box, ends=ends)


def place(element):
    transform = element.find(".//" + qn("a:xfrm"))
    off, ext = transform[0], transform[1]
    return [int(v) for v in (off.get("x"), off.get("y"), ext.get("cx"), ext.get("cy"))]


def properties(element):
    return next(element.iter(qn("p:cNvPr")))


def is_decorative(element):
    return bool(properties(element).xpath('.//*[local-name()="decorative"]'))


def test_shapes_that_belong_together_are_one_group_with_one_alternative_text():
    (group,) = draw(rect(LEFT), rect(RIGHT), arrow(), alt="From left to right")
    assert group.tag == qn("p:grpSp")
    assert properties(group).get("descr") == "From left to right"
    assert place(group) == [0, 0, 400, 50]
    assert len({node.get("id") for node in group.iter(qn("p:cNvPr"))}) == 4


def test_shapes_with_links_are_never_grouped_since_each_is_clicked_alone():
    made = draw(rect(LEFT, link="#a", alt="Go to a"), rect(RIGHT), alt="A map", link=lambda _: el("a:hlinkClick"))
    assert [element.tag for element in made] == [qn("p:sp")] * 2
    assert properties(made[0]).get("descr") == "Go to a"
    assert properties(made[0]).find(qn("a:hlinkClick")) is not None


def test_shapes_that_appear_by_themselves_are_never_grouped():
    assert len(draw(rect(LEFT), rect(RIGHT, step=1), alt="both")) == 2


def test_an_arrow_is_glued_to_the_sides_that_face_each_other():
    *_, made = draw(rect(LEFT), rect(RIGHT), arrow())
    start, end = made.find(".//" + qn("a:stCxn")), made.find(".//" + qn("a:endCxn"))
    assert (start.get("id"), start.get("idx"), end.get("id"), end.get("idx")) == ("2", "3", "3", "1")
    assert place(made) == [100, 25, 200, 0]
    assert is_decorative(made)


def test_an_arrow_down_goes_from_foot_to_head():
    *_, made = draw(rect(LEFT), rect(BELOW), arrow())
    assert made.find(".//" + qn("a:stCxn")).get("idx") == "2"
    assert place(made) == [50, 50, 0, 150]


def test_an_arrow_to_the_left_is_mirrored():
    *_, made = draw(rect(RIGHT), rect(LEFT), arrow())
    assert made.find(".//" + qn("a:xfrm")).get("flipH") == "1"
    assert place(made) == [100, 25, 200, 0]


def test_an_arrow_back_rises_over_both_boxes_by_the_height_of_its_own():
    *_, made = draw(rect(LEFT), rect(RIGHT), arrow("arrow-back", (1, 0), Box(50, -30, 300, 12_700)))
    x, y, thin, reach = place(made)
    assert (x + thin // 2, y + reach // 2) == (200, 0)
    assert reach == 300
    assert made.find(".//" + qn("a:gd")).get("fmla") == "val 100000"


def test_a_shape_without_text_or_meaning_is_decoration():
    (made,) = draw(Shape(kind="rect", box=LEFT, fill="accent"))
    assert is_decorative(made)
    (spoken,) = draw(rect(LEFT))
    assert not is_decorative(spoken)
    assert properties(spoken).get("descr") is None


def test_one_shape_alone_takes_the_alternative_text_of_the_whole():
    (made,) = draw(Shape(kind="rect", box=LEFT, fill="accent"), alt="A bed")
    assert properties(made).get("descr") == "A bed"
    assert not is_decorative(made)


def test_each_line_has_its_size_and_the_color_of_the_shape():
    lines = (Line((Run("1", strong=True),)), Line((Run("First"),)))
    (made,) = draw(Shape(kind="rect", box=LEFT, fill="accent", color="on_accent", lines=lines, sizes=(36, 24)))
    looks = list(made.iter(qn("a:rPr")))
    assert [look.get("sz") for look in looks] == ["3600", "2400"]
    assert {look.find(qn("a:solidFill"))[0].get("val") for look in looks} == {"bg1"}


def test_text_without_a_box_is_a_text_box_and_a_rule_a_decorative_line():
    text, rule = draw(
        Shape(kind="text", box=LEFT, lines=WORD, sizes=(18,)),
        Shape(kind="line", box=Box(0, 9, 80, 0), fill="ink", weight=1.5),
    )
    assert text.find(".//" + qn("p:cNvSpPr")).get("txBox") == "1"
    assert rule.tag == qn("p:cxnSp")
    assert rule.find(".//" + qn("a:ln")).get("w") == "19050"
    assert is_decorative(rule)

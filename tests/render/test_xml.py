"""XML of our own making is written with the bytes that lxml would write."""

from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from workshop.render.office_xml import NAMESPACES, Element, as_text, clean, el, name, parse_xml, parsed, to_bytes

TEXTS = st.text(st.sampled_from("ab<>&\"'\t\n\r é中\x85\u2028\x00\x0b"), max_size=8)
TAGS = st.sampled_from(
    ["p:sp", "p:sld", "a:p", "a:t", "c:chart", "m:r", "mc:Choice", "p:transition", "a14:m", "ct:Types"]
)
ATTRIBUTES = st.fixed_dictionaries({}, optional={"val": TEXTS, "r_id": TEXTS, "b": st.booleans(), "sz": st.integers()})
TREES = st.recursive(
    st.builds(lambda tag, text, given: el(tag, text=text, **given), TAGS, st.none() | TEXTS, ATTRIBUTES),
    lambda inside: st.builds(
        lambda tag, children, given: el(tag, *children, **given), TAGS, st.lists(inside, max_size=4), ATTRIBUTES
    ),
    max_leaves=12,
)


def by_lxml(element: Element) -> etree._Element:
    """The same element, made by lxml from its children up."""
    prefix = element.tag.partition(":")[0]
    own = {"p:transition": ("p", "p14"), "p:sld": ("a", "p", "r")}.get(element.tag, (prefix,))
    linked = ("r",) if any(key.startswith("r:") for key in element.attributes) else ()
    linked += (element.attributes["Requires"],) if "Requires" in element.attributes else ()
    names = {None if key == "ct" else key: NAMESPACES[key] for key in (*own, *linked)}
    given = {name(key) if ":" in key else key: value for key, value in element.attributes.items()}
    made = etree.Element(name(element.tag), given, names)
    made.extend([by_lxml(child) for child in element.children])
    made.text = element.text
    return made


@example(el("p:sld", el("a:p", r_id="rId1", val='"<&>"'), el("p:sp")))
@example(el("p:sp", el("a:p", el("a:t", text="")), el("a:p", r_id="1"), el("mc:Choice", el("a14:m"), Requires="a14")))
@given(TREES)
def test_it_is_written_as_lxml_writes_it(element):
    expected = etree.tostring(by_lxml(element), xml_declaration=True, encoding="UTF-8", standalone=True)
    assert to_bytes(element) == expected
    assert to_bytes(parse_xml(expected)) == etree.tostring(
        parsed(element), xml_declaration=True, encoding="UTF-8", standalone=True
    )


def test_inside_of_presentationml_its_namespace_is_known():
    assert as_text(el("p:sp", el("a:p"))) == f'<p:sp><a:p xmlns:a="{NAMESPACES["a"]}"/></p:sp>'.encode()


def test_an_element_may_have_several_parents():
    shared = el("a:t", text="x")
    made = el("p:sp", el("a:p", shared), el("a:p", shared))
    assert list(made.iter("a:t")) == [shared, shared]
    assert to_bytes(made).count(b"<a:t>x</a:t>") == 2


def test_nothing_is_an_attribute_without_a_value_or_a_child():
    assert as_text(el("p:sp", None, a=None, b=True, c=False, d=0, m_val="x")) == (
        b'<p:sp b="1" c="0" d="0" m:val="x"/>'
    )


def test_characters_that_xml_cannot_contain_are_left_out():
    assert clean("a\x00\ud800\ufffeb") == "ab"
    assert as_text(el("p:sp", text="a\x00b", name="c\x0bd")) == b'<p:sp name="cd">ab</p:sp>'

"""What appears on which click, read from the finished deck."""

import pytest
from PIL import Image

from tests.formulas import NAMESPACES, laid_talk, slides_of
from workshop.render.pptx.deck import write_deck

TABLE = "| a | b |\n|---|---|\n| 1 | 2 |"
P = f"{{{NAMESPACES['p']}}}"


def clicks(folder, text: str) -> list[set[str]]:
    """Return the kinds of shape that appear on each click of the first slide."""
    (folder / "numbers.csv").write_text("year,people\n2001,3\n2002,5\n")
    Image.new("RGB", (40, 20), "grey").save(folder / "picture.png")
    slide = slides_of(write_deck(laid_talk(folder / "talk.md", text)))[0]
    names = {node.get("id"): node.get("name").split()[0] for node in slide.iter(f"{P}cNvPr") if node.get("name")}
    return [{names[shape] for shape in shown} for shown in _shown(slide)]


def _shown(slide) -> list[list[str]]:
    found: list[list[str]] = []
    for effect in slide.iter(f"{P}cTn"):
        kind = effect.get("nodeType")
        if kind == "clickEffect":
            found.append([])
        if kind in ("clickEffect", "withEffect"):
            found[-1] += [target.get("spid") for target in effect.iter(f"{P}spTgt")]
    return found


@pytest.mark.parametrize(
    ("exhibit", "shape"),
    [
        (TABLE, "Table"),
        ("![A grey box](picture.png)", "Picture"),
        ("![](chart:numbers.csv)", "Exhibit"),
        ("```python\nprint(1)\n```", "Code"),
        ("$$x^2$$", "Formula"),
        ("::: diagram\n1. One\n2. Two\n:::", "Drawing"),
    ],
)
def test_an_exhibit_after_a_pause_appears_with_the_text_after_it(tmp_path, exhibit, shape):
    text = f"# One\n\nFirst.\n\n![Another](picture.png)\n\n. . .\n\n{exhibit}\n\nSecond.\n\n. . .\n\nThird.\n"
    first, second = clicks(tmp_path, text)
    assert first == {shape, "Text"}
    assert second == {"Text"}


def test_an_exhibit_before_a_pause_is_there_at_once(tmp_path):
    assert clicks(tmp_path, f"# One\n\n{TABLE}\n\n. . .\n\nSecond.\n") == [{"Reading"}]


def test_a_box_after_a_pause_appears_with_its_bar_and_its_title(tmp_path):
    text = '# One\n\nFirst.\n\n. . .\n\n::: {.callout-note title="Mind"}\nThe gap.\n:::\n'
    assert clicks(tmp_path, text) == [{"Box", "Text"}]


def test_a_column_does_not_wait_for_what_the_other_hides(tmp_path):
    side = "::: column\nSeen\n\n. . .\n\nHidden\n:::\n"
    assert clicks(tmp_path, f"# One\n\n:::: columns\n{side}\n{side}::::\n") == [{"Left"}, {"Right"}]


def test_each_item_of_a_list_and_the_table_after_it_come_in_order(tmp_path):
    text = f"# One\n\n::: incremental\n- one\n- two\n:::\n\n. . .\n\n{TABLE}\n"
    assert [min(shown) for shown in clicks(tmp_path, text)][:2] == ["Reading", "Reading"]
    assert "Table" in clicks(tmp_path, text)[-1]

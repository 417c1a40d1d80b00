import math

import pytest
from lxml import etree

from workshop.charts.geometry import Rect
from workshop.charts.vector import DOT, STRIPES, Vector

BAR = Rect(10, 20, 40, 30)


def surface():
    return Vector(lambda role: f'fill="{role}"', lambda role: f'stroke="{role}"')


def saved(drawing):
    return etree.fromstring(f"<svg>{drawing.save()}</svg>")


def test_what_has_a_higher_order_is_in_front():
    drawing = surface()
    drawing.words("name", BAR, 10, "ink")
    drawing.line([(0, 0), (1, 1)], "muted", 1, order=3)
    drawing.bar(BAR, "", "accent")
    drawing.mark((5, 5), "circle", 8, "accent")
    assert [node.tag for node in saved(drawing)] == ["rect", "polyline", "circle", "text"]


def points_of(path):
    numbers = path.replace("M", " ").replace("L", " ").split()
    return list(zip(map(float, numbers[::2]), map(float, numbers[1::2]), strict=True))


@pytest.mark.parametrize(("pattern", "angle"), STRIPES.items())
def test_stripes_run_from_edge_to_edge_at_their_angle(pattern, angle):
    drawing = surface()
    drawing.bar(BAR, pattern, "c2")
    points = points_of(next(saved(drawing).iter("path")).get("d"))
    assert len(points) >= 10
    for x, y in points:
        assert BAR.left <= x <= BAR.right
        assert BAR.top <= y <= BAR.bottom
    for (x1, y1), (x2, y2) in zip(points[::2], points[1::2], strict=True):
        if (x1, y1) != (x2, y2):
            found = math.degrees(math.atan2(y1 - y2, x2 - x1)) % 180
            assert found == pytest.approx(angle % 180, abs=0.5)
        assert {x1, y1, x2, y2} & {BAR.left, BAR.top, BAR.right, BAR.bottom}


def test_a_dotted_bar_has_dots_all_over_and_none_outside():
    drawing = surface()
    drawing.bar(BAR, "pct50", "c2")
    corners = [
        tuple(map(float, dot.split("h")[0].split()))
        for dot in next(saved(drawing).iter("path")).get("d").split("M")[1:]
    ]
    assert len(corners) * DOT**2 / (BAR.width * BAR.height) == pytest.approx(0.23, abs=0.03)
    for x, y in corners:
        assert BAR.left <= x <= BAR.right - DOT
        assert BAR.top <= y <= BAR.bottom - DOT


def test_words_are_set_line_by_line_inside_their_box():
    drawing = surface()
    drawing.words("two\nlines & more", BAR, 10, "ink", bold=True, align="right")
    one, two = saved(drawing)
    assert (one.text, two.text) == ("two", "lines & more")
    assert float(two.get("y")) - float(one.get("y")) == pytest.approx(12)
    assert (one.get("x"), one.get("text-anchor"), one.get("font-weight")) == ("50", "end", "700")


def test_a_chart_without_markers_has_none():
    drawing = surface()
    drawing.mark((5, 5), "none", 8, "accent")
    assert not list(saved(drawing))

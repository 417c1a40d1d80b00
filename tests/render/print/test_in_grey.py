import re

from workshop.model.printing import Printing
from workshop.render.print.in_grey import greyed
from workshop.render.print.sheets import render_sheets

from . import kits


def test_a_grey_is_as_light_as_its_colour():
    assert greyed("#ff0000 #00ff00 #0000ff #123") == "#363636 #b6b6b6 #121212 #123"


def test_a_grey_sheet_draws_nothing_in_colour(read):
    kit = kits.kit(sheets=(kits.sheet(2),), printing=Printing(grey=True))
    colors = set()
    for page in read(render_sheets(kits.laid(kit))).pages:
        for drawn in (page.get_contents().get_data(), *(form.get_object().get_data() for form in forms(page))):
            colors |= set(re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG|scn|SCN|sc|SC)\b", drawn))
    assert all(red == green == blue for red, green, blue in colors)


def forms(page):
    objects = page["/Resources"].get("/XObject", {})
    return [form for form in objects.values() if form.get_object().get("/Subtype") == "/Form"]

import ast
import hashlib
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pptx.opc import package, serialized
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import OpcPackage, Part, _Relationships
from pptx.package import Package
from pptx.parts.chart import ChartPart
from pptx.parts.coreprops import CorePropertiesPart
from pptx.parts.slide import SlidePart

from workshop.render.pptx import carrier
from workshop.render.pptx.base import begun
from workshop.render.pptx.carrier import OpenDeck, relate, related
from workshop.render.pptx.deck import write_deck

PROGRAM = """
import hashlib, importlib.util, pathlib, sys
spec = importlib.util.spec_from_file_location("conftest", sys.argv[1])
helpers = importlib.util.module_from_spec(spec)
spec.loader.exec_module(helpers)
make = helpers.Maker(helpers.light())
helpers.every_layout(make, pathlib.Path(sys.argv[2]))
print(hashlib.sha256(helpers.write_deck(make.deck())).hexdigest())
"""

OURS = frozenset({"self", "Text"})  # objects whose private names are our own


@pytest.mark.broad
def test_three_processes_with_other_hash_seeds_write_the_same_bytes(tmp_path):
    root = Path(__file__).parents[3]
    digests = set()
    for seed in ("1", "2", "3"):
        folder = tmp_path / seed
        folder.mkdir()
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(Path(__file__).with_name("conftest.py")), str(folder)],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(done.stdout)
    assert len(digests) == 1


def test_the_same_deck_twice_is_the_same_file(full, full_bytes):
    assert hashlib.sha256(write_deck(full)).digest() == hashlib.sha256(full_bytes).digest()


def test_entries_are_in_order_with_one_date_and_one_set_of_rights(full_bytes):
    entries = zipfile.ZipFile(io.BytesIO(full_bytes)).infolist()
    assert entries[0].filename == "[Content_Types].xml"
    assert {e.date_time for e in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {e.external_attr for e in entries} == {0o600 << 16}
    slides = [e.filename for e in entries if e.filename.startswith("ppt/slides/slide")]
    assert slides == sorted(slides, key=lambda n: int("".join(c for c in n if c.isdigit())))
    assert len(slides) > 9


def test_names_go_on_from_what_is_there(theme):
    deck = begun(theme, 2, ())
    layout = deck.add("/ppt/slideLayouts/slideLayout%d.xml", CT.PML_SLIDE_LAYOUT, b"<a/>")
    assert layout.partname == "/ppt/slideLayouts/slideLayout23.xml"
    pictures = [deck.add(f"/ppt/media/image%d.{suffix}", CT.PNG, b"").partname for suffix in ("png", "jpg")]
    assert pictures == ["/ppt/media/image1.png", "/ppt/media/image2.jpg"]


def test_no_part_is_searched_for_however_many_slides_there_are(make, monkeypatch):
    walks = []
    whole = OpenDeck.parts
    monkeypatch.setattr(OpenDeck, "parts", lambda self: walks.append(1) or whole(self))
    for searching in ("iter_parts", "next_partname", "next_image_partname"):
        monkeypatch.setattr(Package, searching, lambda self: walks.append(1))
    for k in range(3):
        make.slide("content", f"Slide {k}", make.text("content", "main", "x"), minutes=1)
    write_deck(make.deck())
    few = len(walks)
    for k in range(30):
        make.slide("content", f"Another {k}", make.text("content", "main", "x"), minutes=1)
    write_deck(make.deck())
    assert len(walks) == 2 * few


def test_an_identifier_is_the_first_that_is_free(theme):
    deck = begun(theme, 2, ())
    one, two = (deck.add(f"/{name}.xml", "x/y", b"<a/>") for name in ("one", "two"))
    assert relate(one, RT.SLIDE, two) == "rId1"
    assert relate(one, RT.IMAGE, two) == "rId2"
    assert related(one, RT.SLIDE) == [two]


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (OpcPackage, "_rels"),
        (Part, "_rels"),
        (_Relationships, "_add_relationship"),
        (serialized, "_ContentTypesItem"),
        (package, "_Relationship"),
        (SlidePart(None, None, None, None), "_element"),
        (ChartPart(None, None, None, None), "_element"),
        (CorePropertiesPart(None, None, None, None), "_element"),
    ],
)
def test_python_pptx_has_the_private_names_that_we_use(owner, name):
    assert hasattr(owner, name)


def test_only_those_private_names_of_python_pptx_are_used():
    used = set()
    for path in Path(carrier.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) not in OURS:
                used.add(node.attr)
            elif isinstance(node, ast.ImportFrom) and node.module.partition(".")[0] == "pptx":
                used |= {name.name for name in node.names}
    private = {name for name in used if name.startswith("_") and not name.endswith("__")}
    assert private == {"_rels", "_add_relationship", "_ContentTypesItem", "_element", "_Relationship"}


def test_targets_are_named_as_seen_from_the_folder_of_the_part(opened):
    slide = opened.slides[0].part
    targets = {one.reltype.rpartition("/")[2]: one.target_ref for one in slide.rels.values() if not one.is_external}
    assert targets["slideLayout"].startswith("../slideLayouts/slideLayout")
    assert {one.target_ref for one in opened.part.rels.values()} >= {"slides/slide1.xml", "theme/theme1.xml"}


def test_a_thousand_slides_that_link_in_a_chain_do_not_exhaust_the_stack(make):
    from workshop.model.blocks import Run

    for k in range(1100):
        link = make.text("content", "main", (Run("on", link=f"#slide-{k + 2}"),))
        make.slide("content", f"Slide {k}", link)
    assert len(zipfile.ZipFile(io.BytesIO(write_deck(make.deck()))).namelist()) > 2200


def test_every_part_is_visited_once(opened):
    names = [part.partname for part in OpenDeck(opened.part.package).parts()]
    assert len(names) == len(set(names))
    assert {part.partname for part in opened.part.package.iter_parts()} == set(names)


def test_a_picture_shown_twice_is_stored_once(make, tmp_path):
    from workshop.layout.laid import LaidPicture
    from workshop.model.blocks import ShownPicture

    file = tmp_path / "bed.png"
    file.write_bytes(make.png())
    place = make.place("picture", "main")
    for k in range(2):
        make.slide("picture", f"Picture {k}", LaidPicture(place, ShownPicture(path=file, alt="A bed"), place.box))
    names = zipfile.ZipFile(io.BytesIO(write_deck(make.deck()))).namelist()
    assert [n for n in names if "/media/" in n] == ["ppt/media/image1.png"]

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

from workshop.render.pptx import template_base as base
from workshop.render.pptx.bases import OwnBase
from workshop.render.pptx.deck import write_deck
from workshop.render.pptx.package import IMAGE, SLIDE, Package, Part, Relation

PROGRAM = """
import hashlib, importlib.util, pathlib, sys
spec = importlib.util.spec_from_file_location("conftest", sys.argv[1])
helpers = importlib.util.module_from_spec(spec)
spec.loader.exec_module(helpers)
make = helpers.Maker(helpers.light())
helpers.every_layout(make, pathlib.Path(sys.argv[2]))
print(hashlib.sha256(helpers.write_deck(make.deck())).hexdigest())
"""


def test_two_processes_with_other_hash_seeds_write_the_same_bytes(tmp_path):
    root = Path(__file__).parents[3]
    digests = set()
    for seed in ("1", "2"):
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
    package = OwnBase(theme, frozenset()).open(2)
    assert package.next_name("/ppt/slideLayouts/slideLayout%d.xml") == "/ppt/slideLayouts/slideLayout23.xml"
    assert [package.next_name("/ppt/slides/slide%d.xml") for _ in range(2)] == [
        "/ppt/slides/slide1.xml",
        "/ppt/slides/slide2.xml",
    ]


def test_no_part_is_searched_for_however_many_slides_there_are(make, monkeypatch):
    walks = []
    whole = Package.parts
    monkeypatch.setattr(Package, "parts", lambda self: walks.append(1) or whole(self))
    for k in range(3):
        make.slide("content", f"Slide {k}", make.text("content", "main", "x"), minutes=1)
    write_deck(make.deck())
    few = len(walks)
    for k in range(30):
        make.slide("content", f"Another {k}", make.text("content", "main", "x"), minutes=1)
    write_deck(make.deck())
    assert len(walks) == 2 * few


def test_an_identifier_is_the_first_that_is_free_and_the_same_relation_is_added_once():
    package, one, two = Package(), Part("/one.xml", "x/y", b"<a/>"), Part("/two.xml", "x/y", b"<a/>")
    package.relations["rId2"] = Relation(SLIDE, one)
    assert package.relate(SLIDE, one) == "rId2"
    assert package.relate(IMAGE, one) == "rId1"
    assert package.relate(SLIDE, two) == "rId3"
    assert package.related(SLIDE) == [one, two]


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
    buffer = io.BytesIO()
    opened.save(buffer)
    names = [part.name for part in base.opened(buffer.getvalue()).parts()]
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

"""Tests that anything a template has besides its design is left out of the deck and reported once, and that the deck stays valid."""

import re
import zipfile

import pytest
from openxml_audit import validate_pptx
from pptx import Presentation

from tests.laying import lay_out
from tests.layout.samples import all_slides, kit
from tests.templates.bad import BAD, CLICK, MAIN, MASTER, MICROSOFT, with_bad
from tests.templates.maker import HEAD, MADE, OFFICE, Layout, Master, Ph, png, pptx, unzipped, zipped
from tests.tiers import few
from workshop.check.package import check_package
from workshop.errors import Severity, WorkshopError
from workshop.render.pptx.deck import write_deck
from workshop.themes.template import template_theme


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Return the deck that is written into a template, and the problems found in reading the template."""

    def write(blob, name="corp.pptx"):
        path = tmp_path_factory.mktemp("kept") / name
        path.write_bytes(blob)
        matched = template_theme(path)
        laid, _ = lay_out(kit(*all_slides()[:6]), matched.theme)
        deck = path.with_name("deck.pptx")
        deck.write_bytes(write_deck(laid))
        return deck, matched.problems

    return write


@pytest.mark.parametrize("name", few(BAD, *list(BAD)[::4]))
def test_what_no_deck_should_hold_is_left_out_and_named_once(written, name):
    make, said, gone = BAD[name]
    deck, problems = written(make())
    told = [p for p in problems if p.code == "template-content"]
    assert len(told) == bool(said)
    if said:
        assert f"this template has {said}" in str(told[0])
        benign = any(part in said for part in ("names", "data of other", "in a picture"))
        assert told[0].severity is (Severity.ADVICE if benign else Severity.WARNING)
    for part, content in unzipped(deck.read_bytes()).items():
        assert gone not in content, part
        assert gone.decode() not in part
    assert [str(p) for p in check_package(deck) if p.severity is Severity.ERROR] == []
    assert validate_pptx(str(deck)).errors == []


def test_a_plain_template_loses_nothing_and_says_nothing(written, template):
    _, problems = written(template.read_bytes())
    assert [p for p in problems if p.code == "template-content"] == []


def test_web_links_pictures_and_web_addresses_of_a_template_stay(written):
    blob = with_bad(
        MASTER, "hyperlink", "https://example.org/about", shape=CLICK.format(click='<a:hlinkClick r:id="rIdBad"/>')
    )
    deck, problems = written(blob)
    assert problems == ()
    parts = unzipped(deck.read_bytes())
    assert b"https://example.org/about" in b"".join(parts.values())
    assert png() in parts.values()


def test_a_file_with_macros_contributes_only_its_looks(written):
    parts = unzipped(MADE["corporate"]())
    types = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
        b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
    )
    parts["ppt/_rels/presentation.xml.rels"] = parts["ppt/_rels/presentation.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="v" Type="{MICROSOFT}2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>'.encode(),
    )
    deck, problems = written(zipped(parts | {"[Content_Types].xml": types, "ppt/vbaProject.bin": b"code"}), "corp.pptm")
    assert [p.message for p in problems] == ["this template has macros, which the deck leaves out"]
    made = unzipped(deck.read_bytes())
    assert not [name for name in made if "vba" in name.lower()]
    assert b"macroEnabled" not in made["[Content_Types].xml"]
    assert Presentation(str(deck)).slides


def test_nobody_who_worked_on_a_template_is_named_in_the_deck(written):
    parts = unzipped(MADE["corporate"]())
    names = {
        "docProps/core.xml": f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Jane Roe</dc:creator><cp:keywords>Jane Roe</cp:keywords></cp:coreProperties>',
        "docProps/app.xml": f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Manager>Jane Roe</Manager></Properties>',
    }
    more = '<Relationship Id="c" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    more += f'<Relationship Id="a" Type="{OFFICE}extended-properties" Target="docProps/app.xml"/></Relationships>'
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"</Relationships>", more.encode())
    deck, problems = written(zipped(parts | names))
    assert problems == ()
    assert all(b"Jane Roe" not in content for content in unzipped(deck.read_bytes()).values())


def test_the_lists_of_the_example_slides_go_with_them(written):
    parts = unzipped(MADE["corporate"]())
    slide = re.search(rb'<p:sldId [^>]*r:id="([^"]*)"', parts[MAIN])[1].decode()
    lists = f'<p:custShowLst><p:custShow name="Jane Roe" id="0"><p:sldLst><p:sld r:id="{slide}"/></p:sldLst></p:custShow></p:custShowLst><p:photoAlbum/>'
    lock = '<p:modifyVerifier algorithmName="SHA-512" hashValue="AAAA" saltValue="AAAA" spinValue="9"/>'
    after = re.search(rb"<p:notesSz [^>]*/>", parts[MAIN])[0]
    parts[MAIN] = (
        parts[MAIN]
        .replace(after, after + lists.encode())
        .replace(b"</p:presentation>", lock.encode() + b"</p:presentation>")
    )
    deck, problems = written(zipped(parts))
    assert problems == ()
    assert all(
        gone not in unzipped(deck.read_bytes())[MAIN] for gone in (b"Jane Roe", b"photoAlbum", b"modifyVerifier")
    )
    assert validate_pptx(str(deck)).errors == []


def test_masters_and_layouts_listed_over_and_over_count_once(written):
    parts = unzipped(MADE["corporate"]())
    for name, mark in ((MAIN, "sldMasterId"), (MASTER, "sldLayoutId")):
        entry = re.search(rf"<p:{mark} [^>]*/>".encode(), parts[name])[0]
        parts[name] = parts[name].replace(entry, entry * 5000)
    deck, _ = written(zipped(parts))
    masters = Presentation(str(deck)).slide_masters
    assert len(masters) == 2  # the client's, and ours
    assert len(masters[0].slide_layouts) == 8


@pytest.mark.parametrize(("layouts", "masters", "said"), [(401, 1, "401 layouts"), (1, 21, "21 masters")])
def test_a_template_of_too_many_parts_is_refused(tmp_path, layouts, masters, said):
    title = Ph("title", 0, "Title", (1, 1, 8, 1))
    master = Master((title,), (Layout("L", (title,)),) * layouts)
    path = tmp_path / "corp.pptx"
    path.write_bytes(pptx(*[master] * masters))
    with pytest.raises(WorkshopError, match=said):
        template_theme(path)


def test_a_template_is_as_large_as_its_looks_not_as_its_example_slides(tmp_path):
    parts = unzipped(MADE["corporate"]())
    heavy = {f"ppt/media/film{k}.mp4": bytes(range(256)) * 78_000 for k in range(3)}
    with zipfile.ZipFile(tmp_path / "corp.pptx", "w", zipfile.ZIP_STORED) as archive:
        for name, content in (parts | heavy).items():
            archive.writestr(name, content)
    matched = template_theme(tmp_path / "corp.pptx")
    assert len(matched.theme.template.package) < 200_000

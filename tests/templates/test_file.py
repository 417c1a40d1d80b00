"""Tests that hostile and odd files get one clean problem each."""

import io
import zipfile

import pytest

from tests.templates.maker import MADE, Layout, Master, Ph, pptx, zipped
from workshop.errors import WorkshopError
from workshop.templates.file import HEIGHT, open_template
from workshop.themes.template import template_theme


def refused(path):
    with pytest.raises(WorkshopError) as caught:
        template_theme(path)
    assert len(caught.value.problems) == 1
    return str(caught.value)


def parts_of(blob):
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def put(tmp_path):
    def write(blob, name="corp.pptx"):
        path = tmp_path / name
        path.write_bytes(blob)
        return path

    return write


def test_a_text_file_is_not_a_template(put):
    assert "zip" in refused(put(b"just words"))


def test_a_missing_file_names_the_nearest_one(put):
    path = put(MADE["bare"]())
    assert "did you mean 'corp.pptx'?" in refused(path.with_name("crop.pptx"))


def test_a_locked_file_says_how_to_unlock_it(put):
    assert "password" in refused(put(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)))


def test_a_zip_bomb_is_not_unpacked(put):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ppt/media/big.bin", bytes(64 << 20))
    assert "unpacks to 67 MB" in refused(put(buffer.getvalue()))


def test_a_file_without_layouts_is_refused(put):
    master = Master((Ph("title", 0, "Title", (1, 1, 8, 1)),), ())
    assert "no layouts" in refused(put(pptx(master, slides=0)))


def test_another_kind_of_document_is_refused(put):
    parts = parts_of(MADE["corporate"]())
    types = parts["[Content_Types].xml"].replace(b"presentationml.presentation.main", b"wordprocessingml.document.main")
    assert "isn't a presentation" in refused(put(zipped(parts | {"[Content_Types].xml": types})))


def test_entities_are_not_expanded(put):
    parts = parts_of(MADE["corporate"]())
    master = parts["ppt/slideMasters/slideMaster1.xml"].replace(
        b"<p:sldMaster", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><p:sldMaster', 1
    )
    assert "document type" in refused(put(zipped(parts | {"ppt/slideMasters/slideMaster1.xml": master})))


def test_small_slides_are_brought_to_seven_and_a_half_inches(put):
    end = Ph("sldNum", 12, "Number", (8, 5.2, 1, 0.3), 10)
    title, body = Ph("title", 0, "Title", (0.4, 0.4, 9.2, 0.7)), Ph("body", 1, "Body", (0.4, 1.2, 9.2, 3.9))
    layout = Layout("TITLE_AND_BODY", (Ph("title", 0, "Title"), Ph("body", 1, "Body"), end), "tx")
    blob = pptx(
        Master((title, body, end), (layout,), title=(24, False, "tx1"), body=(18, 14, 14)), size=(9_144_000, 5_143_500)
    )
    path = put(blob)
    file = open_template(path)
    assert (file.width, file.height) == (12_192_000, HEIGHT)
    theme = template_theme(path).theme
    main = theme.layouts["content"].find("main")
    assert main.home.size == 24  # 18 pt on 5.6 inches
    assert abs(main.home.box.w / 914_400 - 9.2 * 4 / 3) < 0.01

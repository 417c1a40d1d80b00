import io
import zipfile

import pytest
from openxml_audit import validate_pptx
from pptx.oxml.ns import qn

from workshop.errors import At, WorkshopError
from workshop.layout.laid import LaidPicture
from workshop.model.blocks import ShownPicture
from workshop.render.pptx.deck import write_deck

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="20" height="30" fill="red"/></svg>'


def picture_slide(make, file, alt="A bed"):
    place = make.place("picture", "main")
    make.slide(
        "picture", "A picture", LaidPicture(place, ShownPicture(path=file, alt=alt, at=At("kit/a.md", 7)), place.box)
    )
    return make.deck()


def test_a_picture_is_in_its_placeholder_with_its_alternative_text(make, open_deck, tmp_path):
    file = tmp_path / "bed.png"
    file.write_bytes(make.png())
    slide = open_deck(picture_slide(make, file)).slides[0]
    picture = next(s for s in slide.placeholders if s.placeholder_format.idx == 1)
    assert picture._element.tag == qn("p:pic")
    assert picture._element.nvPicPr.cNvPr.get("descr") == "A bed"
    assert picture.image.blob == make.png()


def test_a_picture_without_alternative_text_is_decoration(make, open_deck, tmp_path):
    file = tmp_path / "bed.png"
    file.write_bytes(make.png())
    slide = open_deck(picture_slide(make, file, alt="")).slides[0]
    assert slide._element.xpath('.//p:pic//*[local-name()="decorative"]')


def test_a_vector_picture_has_a_png_beside_it_for_programs_that_draw_none(make, tmp_path):
    file = tmp_path / "bed.svg"
    file.write_bytes(SVG)
    blob = write_deck(picture_slide(make, file))
    media = [n for n in zipfile.ZipFile(io.BytesIO(blob)).namelist() if "/media/" in n]
    assert sorted(name.rpartition(".")[2] for name in media) == ["png", "svg"]
    target = tmp_path / "deck.pptx"
    target.write_bytes(blob)
    assert validate_pptx(str(target)).is_valid


def test_a_picture_that_has_vanished_is_an_error_at_its_line(make, tmp_path):
    with pytest.raises(WorkshopError, match=r"kit/a\.md:7: error: the picture no\.png can't be shown: No such file"):
        write_deck(picture_slide(make, tmp_path / "no.png"))


@pytest.mark.parametrize("content", [b"BM not a picture that slides can hold", b"", b"<svg"])
def test_another_kind_of_picture_is_refused_at_its_line(make, tmp_path, content):
    file = tmp_path / "bed.bmp"
    file.write_bytes(content)
    with pytest.raises(WorkshopError) as caught:
        write_deck(picture_slide(make, file))
    assert str(caught.value).startswith("kit/a.md:7: error: the picture bed.bmp can't be shown: ")
    assert "PNG" in caught.value.problem.hint

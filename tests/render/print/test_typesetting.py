import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from threading import Barrier

import PIL.Image
import pytest
import typst
from pypdf import PdfReader

from tests import pressing
from workshop import limits
from workshop.errors import ExitCode, WorkshopError
from workshop.render import press, typst_process
from workshop.render.print import typesetting
from workshop.render.print.document import front
from workshop.render.print.feedback import feedback_data, render_feedback
from workshop.render.print.joined import joined_with_tags
from workshop.render.print.typesetting import drawn

from . import kits


@pytest.fixture(autouse=True)
def a_process_for_each_document(monkeypatch):
    """Undo what makes all other tests faster."""
    monkeypatch.setattr(typesetting, "_compile", pressing.anew)
    monkeypatch.setattr(typesetting, "run_typst", typst_process.run_typst)


def test_typst_never_enters_this_process():
    script = (
        "import sys; from tests.render.print import kits; from workshop.render.print.feedback import feedback_data, render_feedback;"
        "render_feedback(kits.laid(kits.kit())); print('typst' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout == "False\n"


def test_where_no_process_can_be_started_the_same_pages_are_set_in_this_one(monkeypatch, tmp_path):
    expected = render_feedback(kits.laid(kits.kit()))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "there-is-no-python-here"))
    assert render_feedback(kits.laid(kits.kit())) == expected


@pytest.mark.parametrize(
    ("script", "said", "code"),
    [
        (
            "import sys; sys.exit('memory allocation of 9 bytes failed')",
            f"takes more than {limits.PRINT_MEMORY} of memory",
            ExitCode.CONTENT,
        ),
        ("import os; os.kill(os.getpid(), 9)", "exit code -9", ExitCode.MACHINE),
        ("import sys; sys.stdin.read()", "made no file from feedback", ExitCode.MACHINE),
    ],
    ids=["ends", "killed", "silent"],
)
def test_a_press_that_stops_is_one_problem(monkeypatch, tmp_path, script, said, code):
    broken = tmp_path / "press.py"
    broken.write_text(script)
    monkeypatch.setattr(press, "__file__", str(broken))
    with pytest.raises(WorkshopError, match=said) as raised:
        render_feedback(kits.laid(kits.kit()))
    assert raised.value.exit_code is code


def test_a_press_that_never_ends_is_ended(monkeypatch, tmp_path):
    slow = tmp_path / "press.py"
    slow.write_text("import time; time.sleep(600)")
    monkeypatch.setattr(press, "__file__", str(slow))
    monkeypatch.setattr(typst_process, "PATIENCE", 0.2)
    with pytest.raises(WorkshopError, match="didn't finish feedback"):
        render_feedback(kits.laid(kits.kit()))


def test_each_page_of_pictures_is_a_png_of_its_own_size(tmp_path):
    data = front(kits.laid(kits.kit()), kits.galley(), "Pictures")
    strips = [{"kind": "strip", "place": place, "label": str(place), "key": False} for place in (1, 2)]
    band = {"kind": "band"}
    pictures = drawn("pictures", {**data, "ratio": 0.5625, "pictures": [*strips, band]}, {}, 120, tmp_path)
    sizes = [PIL.Image.open(io.BytesIO(picture)).size for picture in pictures]
    assert len(set(pictures)) == 3
    assert sizes[0] == sizes[1]
    assert sizes[2] == pytest.approx((210 / 25.4 * 120, 297 / 25.4 * 120), abs=1)
    again = drawn("pictures", {**data, "ratio": 0.5625, "pictures": [*strips, band]}, {}, 120, tmp_path)
    assert again == pictures


def test_no_template_names_all_of_typst_which_each_look_for_an_earlier_result_would_go_through():
    folder = files("workshop.render.print") / "templates"
    sources = {entry.name: entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith(".typ")}
    assert len(sources) > 20
    assert [name for name, source in sources.items() if "std." in source] == []


def test_a_document_that_two_threads_ask_for_is_set_once(monkeypatch, tmp_path):
    data = feedback_data(kits.laid(kits.kit()), kits.galley())
    both, begun = Barrier(2), []

    def run(*order, **settings):
        begun.append(order)
        typst_process.run_typst(*order, **settings)

    def asked(_):
        both.wait()
        return typesetting.typeset("feedback", data, {}, ("leaf",), kept=tmp_path).pdf

    monkeypatch.setattr(typesetting, "run_typst", run)
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(asked, range(2))
    assert one == other
    assert len(begun) == 1


def test_links_keep_their_elements_when_tagged_parts_are_joined(tmp_path):
    page = tmp_path / "page.typ"
    page.write_text(
        '#set document(title: "Links")\n#set text(lang: "en")\n#link("https://example.org")[A link]', "utf-8"
    )
    part = typst.compile(page, pdf_standards="ua-1")
    reader = PdfReader(io.BytesIO(joined_with_tags([part, part, part])))
    nums = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    own = dict(zip(nums[::2], nums[1::2], strict=True))
    assert len(own) == len(nums) // 2 == 6
    for sheet in reader.pages:
        (link,) = sheet["/Annots"]
        element = own[link.get_object()["/StructParent"]].get_object()
        marked = [child.get_object() for child in element["/K"] if hasattr(child, "idnum") or isinstance(child, dict)]
        assert [child.raw_get("/Obj") for child in marked if "/Obj" in child] == [link]

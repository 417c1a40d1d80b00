import pytest
from starlette.responses import Response
from starlette.routing import Route

from tests.addons.web.served import serving
from tests.addons.web.test_serve import nothing
from workshop.addons.studio.running import Running
from workshop.addons.web.serve import Own, Serving


@pytest.fixture(autouse=True)
def settings(tmp_path, monkeypatch):
    """Keep the notes away from those of whoever runs the tests."""
    monkeypatch.setenv("WORKSHOP_CONFIG", str(tmp_path / "settings"))
    return tmp_path / "settings"


@pytest.fixture
def first(tmp_path):
    """Serve a page that keeps what a second start asks for."""
    own, asked = Own(0, print), []

    async def again(request):
        asked.append(await request.json())
        return Response()

    server = Serving(own, own.app([Route("/again", again, methods=["POST"])], nothing), lambda: None)
    with serving(server):
        yield own, asked


def test_a_second_start_asks_the_first_to_show_its_page_and_says_where_it_is(first, tmp_path, settings):
    own, asked = first
    running = Running(tmp_path)
    assert running.shown("", browser=True) == ""
    running.begin(own.address)
    (note,) = settings.iterdir()
    assert (note.stat().st_mode & 0o777, settings.stat().st_mode & 0o777) == (0o600, 0o700)
    assert Running(tmp_path).shown("/home/me/talk.md", browser=True) == own.address
    assert asked == [{"kit": "/home/me/talk.md", "browser": True}]
    assert Running(tmp_path / "other").shown("", browser=True) == ""


def test_an_app_that_ended_is_forgotten_and_one_that_was_killed_is_not_found(first, tmp_path, settings):
    own, _ = first
    running = Running(tmp_path)
    running.begin("http://127.0.0.1:9/gone/")
    assert running.shown("", browser=True) == ""
    running.begin(own.address)
    running.end("http://127.0.0.1:9/gone/")  # another app's note stays
    assert running.shown("", browser=False) == own.address
    running.end(own.address)
    assert list(settings.iterdir()) == []


def test_a_note_that_others_could_have_written_is_not_believed(first, tmp_path, settings):
    own, asked = first
    Running(tmp_path).begin(own.address)
    (note,) = settings.iterdir()
    note.chmod(0o666)
    assert Running(tmp_path).shown("", browser=True) == ""
    assert asked == []


@pytest.mark.parametrize(
    "written", [b"", b"\xff", b"http://127.0.0.1:99999/x/", b"not an address", b"file:///etc/passwd"]
)
def test_a_damaged_note_is_as_none(tmp_path, settings, written):
    Running(tmp_path).begin("http://127.0.0.1:9/x/")
    (note,) = settings.iterdir()
    note.write_bytes(written)
    assert Running(tmp_path).shown("", browser=True) == ""

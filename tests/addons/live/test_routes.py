"""Tests of what phones, wall and remote may ask for, through the app that listens on the network."""

import asyncio
import json

from msgspec.structs import replace

from tests.addons.live.hall import CODE, DECK, Visit, fields, trying
from tests.addons.web.served import routes_of
from workshop.addons.live import routes
from workshop.addons.studio.make import Studio

WRONG = (
    {"Host": "evil.example"},
    {"Host": "192.0.2.7"},
    {"Host": "127.0.0.1:8080"},
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Sec_Fetch_Site": "cross-site"},
    {"Sec_Fetch_Site": "same-site"},
)


def all_routes(hall):
    """Return (method, path) of every route, with the secret of the remote that there is."""
    return [(method, path.replace("{secret}", hall.host)) for method, path in routes_of(hall.routes)]


# ---------------------------------------------------------------- who may ask
def without_pace(monkeypatch):
    """Let everybody ask as often as they like."""
    monkeypatch.setattr(routes, "RATES", dict.fromkeys(routes.RATES, (10_000, 10_000)))


def test_every_route_refuses_another_host_another_site_and_another_code(tmp_path, monkeypatch):
    without_pace(monkeypatch)

    async def test(tried):
        found = all_routes(tried.hall)
        assert len(found) > 12
        for method, path in found:
            for wrong in WRONG:
                answer = await tried.phone().request(method, path, b"{}" if method == "POST" else None, **wrong)
                assert answer.status == 403, (method, path, wrong)
            for code in ("k7qd2n", "", f"{CODE}x"):
                stranger = Visit(tried.hall.app, f"/{code}/")
                answer = await stranger.request(method, path)
                assert (answer.status, answer.text) == (403, routes.NOWHERE), (method, path, code)

    trying(tmp_path, test)


def test_every_route_that_takes_something_limits_how_much(tmp_path):
    async def test(tried):
        for method, path in all_routes(tried.hall):
            if method == "POST":
                most = 16_384 if path.startswith("host/") else 2048
                assert (await tried.phone().request(method, path, b"x" * (most + 1))).status == 413, path
                assert (await tried.phone().request(method, path, b"{}", chunked=True)).status == 411, path

    trying(tmp_path, test)


def test_no_route_of_the_app_is_on_the_port_of_the_room(tmp_path, monkeypatch):
    without_pace(monkeypatch)
    studio = Studio(tmp_path, "", "workshop", 0, print)
    studio.own.socket.close()

    async def test(tried):
        ours = {path for _, path in all_routes(tried.hall)}
        for method, path in routes_of(studio.routes):
            if path in ours:  # both have a page and news, each its own
                continue
            for base in (f"/{CODE}/", f"/{CODE}/host/{tried.hall.host}/", "/", f"/{studio.own.secret}/"):
                content = b"{}" if method == "POST" else None
                answer = await tried.phone().request(method, path, content, whole=base + path)
                assert answer.status in (403, 404, 405), (method, base, path)

    (tmp_path / "room").mkdir()
    trying(tmp_path / "room", test)


def test_only_the_present_remote_may_do_anything_and_it_is_not_found_by_guessing(tmp_path):
    async def test(tried):
        phone, before = tried.phone(), tried.hall.host
        for path in ("host/x/", "host/x/news", "host//"):
            assert (await phone.get(path)).status == 404
        assert (await phone.post("host/x/do", {"event": "next"})).status == 404
        assert (await phone.get(f"host/{before}/")).status == 200
        tried.hall.new_remote()
        for path in ("", "news", "remote.js"):
            assert (await phone.get(f"host/{before}/{path}")).status == 404
        assert (await phone.post(f"host/{before}/do", {"event": "next"})).status == 404
        assert tried.hall.room.course.phase == "lobby"

    trying(tmp_path, test)


def test_the_address_may_be_typed_in_capitals_and_without_the_last_stroke(tmp_path):
    async def test(tried):
        for path in (CODE, CODE.upper(), f"{CODE.upper()}/"):
            answer = await tried.phone().request("GET", "", whole=f"/{path}")
            assert (answer.status, "phone.js" in answer.text) == (200, True), path

    trying(tmp_path, test)


def test_every_answer_has_our_headers_and_only_the_phones_page_may_send_a_form(tmp_path):
    async def test(tried):
        for method, path in all_routes(tried.hall):
            if method == "GET":
                policy = (await tried.phone().get(path)).headers["content-security-policy"]
                assert ("form-action 'self'" in policy) == (path == ""), path
                assert policy.startswith("default-src 'none'; script-src 'self';")

    trying(tmp_path, test)


def test_a_seat_asks_ten_times_a_second_and_the_others_go_on(tmp_path, monkeypatch):
    monkeypatch.setattr(routes, "HOLD", 0)

    async def test(tried):
        quick, other = tried.phone(), tried.phone()
        await quick.sit("07")
        await other.sit("08")
        answers = [(await quick.get("news")).status for _ in range(40)]
        assert answers[0] == 200
        assert 429 in answers
        assert (await other.get("news")).status == 200

    trying(tmp_path, test)


# ---------------------------------------------------------------- a phone
def test_the_seat_is_in_a_cookie_that_no_script_can_read_and_only_this_room_gets(tmp_path):
    async def test(tried):
        phone = tried.phone()
        cookie = (await phone.sit("07")).headers["set-cookie"]
        assert cookie.startswith("room-8080=")
        assert {"HttpOnly", f"Path=/{CODE}/", "SameSite=strict"} <= set(cookie.split("; "))
        state = await phone.news()
        assert state["seat"].startswith("07")
        assert "07" not in cookie.partition(";")[0]

    trying(tmp_path, test)


def test_a_bet_may_be_changed_until_it_is_closed_and_then_it_is_too_late(tmp_path):
    async def test(tried):
        phone = tried.phone()
        await phone.sit("07")
        await tried.do("next", "next", "next", "next")
        assert (await phone.bet("A")).json()["told"] == routes.TOO_LATE
        await tried.do("open")
        for pick in ("A", "C"):
            assert (await phone.bet(pick)).status == 200
        assert (await phone.news())["picks"] == {"crawl": "C"}
        await tried.do("close")
        late = await phone.bet("B")
        assert (late.status, late.json()["told"], late.json()["late"]) == (409, routes.TOO_LATE, True)
        assert (await phone.news())["picks"] == {"crawl": "C"}

    trying(tmp_path, test)


def test_what_cannot_be_an_answer_is_refused_in_words(tmp_path):
    async def test(tried):
        phone = tried.phone()
        await phone.sit("07")
        await tried.do("next", "next", "next", "next", "open")
        for content in (b"", b"[]", b'{"question": 3}', b"\xff", b'{"question": "' + b"x" * 90 + b'"}'):
            answer = await phone.request("POST", "answer", content)
            assert (answer.status, bool(answer.json()["told"])) == (422, True), content
        assert (await phone.bet("Z")).status in (409, 422)
        assert (await phone.news())["picks"] == {}

    trying(tmp_path, test)


def test_a_second_phone_with_the_same_number_waits_for_the_hosts_yes(tmp_path):
    async def test(tried):
        first, second = tried.phone(), tried.phone()
        await first.sit("07")
        seat = (await first.news())["seat"]
        await second.sit("07")
        assert ((await second.news())["seat"], (await second.news())["waits"]) == ("", seat)
        assert (await tried.host.news())["asks"] == [{"seat": seat, "free": False, "has": "", "changed": 0}]
        assert (await tried.host.post("do", {"event": "yes", "seat": seat})).status == 200
        assert (await second.news())["seat"] == seat

    trying(tmp_path, test)


def test_before_it_is_shown_neither_phone_nor_wall_is_told_a_count_or_the_right_letter(tmp_path):
    def walk(found, above=""):
        if isinstance(found, dict):
            for key, value in found.items():
                yield from walk(value, key)
        elif isinstance(found, list):
            for value in found:
                yield from walk(value, above)
        elif found is not None:
            yield above

    async def test(tried):
        phones = [tried.phone() for _ in range(3)]
        for phone in phones:
            await phone.sit()
        await tried.do("next", "next", "next", "next", "open")
        for phone, pick in zip(phones, "AAB", strict=True):
            await phone.bet(pick)
        for event in ("close", "show"):
            wall = json.loads((await tried.hall.wall(Asking())).body)
            states = [await phone.news() for phone in phones]
            assert (wall["got"], wall["got_guests"], states[2]["picks"]) == (0, 3, {"crawl": "B"})
            for state in (wall, *states):
                assert not {"counts", "before", "right", "hands"} & {key for key, value in state.items() if value}
            await tried.do(event)
        wall = json.loads((await tried.hall.wall(Asking())).body)
        assert (wall["counts"], wall["right"]) == ({"crawl": {"A": 2, "B": 1, "C": 0}}, {"crawl": "B"})
        told = await phones[0].news()
        assert (told["right"], "counts" in told) == ({"crawl": "B"}, False)
        assert "right" not in await tried.phone().news()

    trying(tmp_path, test)


class Asking:
    """A request of the wall, which this computer alone can make."""

    query_params: dict[str, str] = {}  # noqa: RUF012 - it has none
    path_params = {"id": "start"}  # noqa: RUF012


# ---------------------------------------------------------------- a phone without scripts
def test_a_phone_without_scripts_sits_down_and_bets_with_plain_forms(tmp_path):
    async def test(tried):
        phone = tried.phone()
        page = (await phone.get("")).text
        assert 'action="seat"' in page
        page = (await phone.send("seat", code="07")).text
        assert "Look at the wall" in page
        assert 'http-equiv="refresh"' in page
        await tried.do("next", "next", "next", "next", "open")
        page = (await phone.get("")).text
        assert "Hardly &lt;any&gt;" in page
        page = (await phone.send("answer", **fields(page), pick="B")).text
        assert 'value="B" required checked' in page
        sent = fields(page)
        await tried.do("close")
        assert routes.TOO_LATE in (await phone.send("answer", **sent, pick="A")).text
        assert (await phone.news())["picks"] == {"crawl": "B"}

    trying(tmp_path, test)


# ---------------------------------------------------------------- remote and wall
def test_next_shows_what_a_slide_waits_for_before_it_goes_on(tmp_path):
    async def test(tried):
        seen = []
        for event in ("next", "next", "next", "back", "next", "next", "back"):
            await tried.do(event)
            wall = json.loads((await tried.hall.wall(Asking())).body)
            seen.append((wall["slide"]["id"], wall["click"]))
        assert seen == [
            ("start", 0),
            ("start", 1),
            ("start", 2),
            ("start", 1),
            ("start", 2),
            ("crawl", 0),
            ("start", 2),
        ]

    trying(tmp_path, test)


def test_the_wall_hears_of_the_slide_with_the_answer_only_once_that_is_shown(tmp_path):
    async def test(tried):
        seen = []
        for event in ("next", "next", "next", "next", "open", "close", "show"):
            await tried.do(event)
            seen.append("next" in json.loads((await tried.hall.wall(Asking())).body)["slide"])
        assert seen == [True, True, True, False, False, False, True]

    trying(tmp_path, test)


def test_hands_and_paper_count_without_a_single_phone(tmp_path):
    async def test(tried):
        await tried.do("next", "next", "next", "next", "open")
        for letter, count in (("A", 3), ("B", 8)):
            answer = await tried.host.post(
                "do", {"event": "hands", "question": "crawl", "pick": letter, "count": count}
            )
            assert answer.status == 200
        told = (await tried.host.post("do", {"event": "paper", "text": "07 B\nnonsense"})).json()
        assert len(told["lines"]) == 2
        await tried.do("close", "show")
        wall = json.loads((await tried.hall.wall(Asking())).body)
        assert wall["counts"] == {"crawl": {"A": 3, "B": 9, "C": 0}}

    trying(tmp_path, test)


def test_what_cannot_be_done_now_is_refused_with_the_present_state(tmp_path):
    async def test(tried):
        answer = await tried.host.post("do", {"event": "show"})
        assert (answer.status, answer.json()["present"]["phase"]) == (409, "lobby")
        for event in ("answer", "deck", "seat", "nonsense"):
            assert (await tried.host.post("do", {"event": event})).status == 422

    trying(tmp_path, test)


def test_the_slides_are_drawn_again_after_close_and_show_and_late_asks_what_can_go(tmp_path):
    asked = []

    async def follow():
        asked.append("follow")

    async def late(*what):
        asked.append(what)
        return {"slides": []}

    async def test(tried):
        await tried.do("next", "next", "next", "next", "open")
        for event in ("close", "show"):
            await tried.do(event)
            await asyncio.sleep(0)
        await tried.host.post("do", {"event": "late", "minutes": 5})
        assert asked == ["follow", "follow", ("crawl", [("end", "end")], 5)]

    trying(tmp_path, test, late=late, follow=follow)


def test_the_pages_are_small_over_the_wire(tmp_path):
    async def test(tried):
        for visit, names in (
            (tried.phone(), ("", "room.css", "dom.js", "phone.js")),
            (tried.host, ("", "room.css", "remote.css", "dom.js", "remote.js")),
        ):
            answers = [await visit.request("GET", name, accept_encoding="gzip") for name in names]
            assert [answer.status for answer in answers] == [200] * len(names)
            assert sum(len(answer.body) for answer in answers) <= 12 * 1024

    trying(tmp_path, test)


def test_what_a_phone_sends_is_answered_with_what_it_may_see_next(tmp_path):
    async def test(tried):
        phone, other = tried.phone(), tried.phone()
        before = await phone.news()
        sat = (await phone.sit("7")).json()["state"]
        assert sat["number"] == before["number"], "no other phone has to hear of it"
        assert {**await phone.news(), "seat": tried.hall.room.course.deck.code(7)} == sat
        waiting = asyncio.create_task(phone.get(f"news?after={sat['number']}"))
        await tried.do("next", "next", "next", "next", "open")
        assert (await waiting).json()["seat"] == sat["seat"], "whoever joined hears what comes next"
        answered = (await phone.bet("B")).json()["state"]
        assert answered["picks"] == {"crawl": "B"}
        await other.sit()
        await tried.do("close")
        late = (await phone.bet("A")).json()
        assert (late["state"]["phase"], late["state"]["picks"]) == ("shut", {"crawl": "B"})
        assert (await tried.phone().sit("9")).json()["state"]["phase"] == "shut", (
            "whoever is late sees what the others see"
        )

    trying(tmp_path, test)


def test_the_number_of_a_tag_alone_gives_the_first_seat_of_an_address(tmp_path):
    async def test(tried):
        room = tried.hall.room
        room.course = replace(room.course, deck=replace(DECK, check=4))  # tags with letters
        code = room.course.deck.code
        first, second = tried.phone("198.51.100.9"), tried.phone("198.51.100.9")
        assert (await first.sit("7")).json()["state"]["seat"] == code(7)
        for phone, typed in ((second, "8"), (tried.phone(), "7")):
            refused = await phone.sit(typed)
            assert refused.status == 409
            assert "letter on your tag" in refused.json()["told"]

    trying(tmp_path, test)

"""Tests of the gate, without a network: requests are what a server makes of them."""

import asyncio

import pytest
from starlette.responses import PlainTextResponse, Response

from workshop.addons.web.guard import HEADERS, USUAL, Guard

HOSTS = frozenset(("127.0.0.1:8450", "localhost:8450"))
OPEN = "/open"


def answered(path, *, method="GET", own=None, hosts=HOSTS, reached=lambda: None, **headers):
    """Return status and headers of the answer."""
    app = Guard(
        own or PlainTextResponse("in"),
        hosts=hosts,
        secret="secret",
        without=frozenset((OPEN,)),
        most=lambda path: 5 * USUAL if path == "large" else USUAL,
        reached=reached,
    )
    given = {"host": "127.0.0.1:8450"} | {name.replace("_", "-"): value for name, value in headers.items()}
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }
    sent = []

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def test_whoever_knows_the_secret_comes_in_and_everybody_else_is_refused():
    assert [answered(path)[0] for path in ("/secret/", "/secret/state", "/secre/", "/", "", "//secret/", OPEN)] == [
        200, 200, 403, 403, 403, 403, 200
    ]  # fmt: skip


@pytest.mark.parametrize("host", ["127.0.0.1:8450", "localhost:8450"])
def test_the_page_is_answered_under_both_names_of_this_computer(host):
    assert answered("/secret/x", host=host, origin=f"http://{host}", sec_fetch_site="same-origin")[0] == 200


@pytest.mark.parametrize("origin", ["null", "https://127.0.0.1:8450", "127.0.0.1:8450", "http://127.0.0.1:8451", ""])
def test_another_origin_is_refused_also_where_no_secret_is_needed(origin):
    assert [answered(path, origin=origin)[0] for path in ("/secret/", OPEN)] == [403, 403]


TAB = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}


def test_only_the_page_itself_may_be_gone_to_from_a_file():
    assert answered("/secret/", **TAB)[0] == 200
    assert [answered(path, **TAB)[0] for path in ("/secret/state", "/secret", OPEN, "/secret//")] == [403] * 4
    assert answered("/secret/", method="POST", content_length="0", **TAB)[0] == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 411),
        ({"content_length": "1e3"}, 411),
        ({"content_length": "-1"}, 411),
        ({"content_length": "5", "transfer_encoding": "chunked"}, 411),
        ({"content_length": str(USUAL)}, 200),
        ({"content_length": str(USUAL + 1)}, 413),
    ],
)
def test_a_request_that_brings_something_says_how_much_and_that_is_limited(headers, status):
    assert answered("/secret/x", method="POST", **headers)[0] == status


def test_a_path_may_be_given_more():
    assert answered("/secret/large", method="POST", content_length=str(5 * USUAL))[0] == 200
    assert answered("/large", method="POST", content_length=str(5 * USUAL))[0] == 403


def test_on_a_network_no_header_is_sent_that_browsers_ignore_there_with_a_complaint():
    headers = answered("/secret/", hosts=frozenset(("192.168.1.7:8080",)), host="192.168.1.7:8080")[1]
    assert {name.lower() for name in HEADERS} - headers.keys() == {"cross-origin-opener-policy"}


def test_every_answer_has_the_headers_refusals_and_errors_too_and_an_answer_may_have_its_own_policy():
    for path in ("/secret/", "/", OPEN):
        headers = answered(path)[1]
        assert {name.lower(): value for name, value in HEADERS.items()}.items() <= headers.items()
    own = Response(headers={"content-security-policy": "sandbox"})
    assert answered("/secret/", own=own)[1]["content-security-policy"] == "sandbox"


def test_only_a_request_with_the_secret_counts_as_having_reached_the_page():
    reached = []
    for path in ("/", OPEN, "/secret/"):
        answered(path, reached=lambda path=path: reached.append(path))
    assert reached == ["/secret/"]


def test_a_secret_that_people_type_counts_in_capitals_too_and_the_app_gets_small_letters():
    seen = []

    async def app(scope, receive, send):
        seen.append(scope["path"])
        await PlainTextResponse("in")(scope, receive, send)

    async def ask(path):
        sent = []
        guard = Guard(app, hosts=HOSTS, secret="k7qd2m", folds=True)
        scope = {"type": "http", "method": "GET", "path": path, "headers": [(b"host", b"localhost:8450")]}

        async def send(message):
            sent.append(message)

        await guard(scope, None, send)
        return sent[0]["status"]

    assert [asyncio.run(ask(path)) for path in ("/K7QD2M/News", "/k7Qd2m", "/k7qd2n/")] == [200, 200, 403]
    assert seen == ["/k7qd2m/News", "/k7qd2m"]

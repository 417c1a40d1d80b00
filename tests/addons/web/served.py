"""Asks a server as a browser, or as whoever isn't one, and walks through everything that it answers."""

import http.client
import threading
from contextlib import contextmanager

from starlette.routing import Mount

TAB = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}


@contextmanager
def serving(server):
    """Serve in another thread meanwhile."""
    thread = threading.Thread(target=server.run, kwargs={"browser": False})
    thread.start()
    try:
        yield
    finally:
        server.end()
        thread.join()


def ask(own, path="", *, secret=None, method="GET", body=b"", whole="", **headers):
    """Return status, headers and body of the answer to one request."""
    connection = http.client.HTTPConnection("127.0.0.1", own.port)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.putrequest(
        method, whole or f"/{own.secret if secret is None else secret}/{path}", skip_host="Host" in named
    )
    if body:
        named = {"Content-Length": str(len(body)), **named}
    for name, value in named.items():
        connection.putheader(name, value)
    connection.endheaders(body or None)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, content


def routes_of(routes, above=""):
    """Return (method, path) of every route, with something in the place of each parameter."""
    found = []
    for route in routes:
        if isinstance(route, Mount):
            found += routes_of(route.routes, above + route.path)
        else:
            path = (above + route.path).replace("{number:int}", "0").removeprefix("/")
            found += [(method, path) for method in sorted(route.methods - {"HEAD"})]
    return found


def refusals(path):
    """Return the headers, or the secret, for which a request to a path has to be refused."""
    wrong = [
        {"secret": ""},
        {"secret": "x" * 32},
        {"Host": "evil.example"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1:1"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {**TAB, "Sec_Fetch_Site": "same-site"},
        {**TAB, "Sec_Fetch_Mode": "no-cors"},
        {**TAB, "Sec_Fetch_Dest": "iframe"},
        {**TAB, "Sec_Fetch_Dest": "script"},
        {**TAB, "Origin": "null"},
        {**TAB, "secret": "x" * 32},
        {**TAB, "Host": "evil.example"},
    ]
    return wrong if path == "" else [*wrong, TAB]

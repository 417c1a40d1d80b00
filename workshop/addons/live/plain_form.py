"""The phone's page without scripts: its poll as a form that any browser can send."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from workshop.addons.live.course import LONGEST, OPEN
from workshop.model.prints import LETTERS


def page_title(state: Mapping[str, Any]) -> str:
    """Return what is over the phone's page: the question, or what to do instead."""
    if not state["seat"]:
        return "One moment, please" if state["waits"] or state["door"] else "Your number"
    item = _item(state)
    return str(item["text"]) if item is not None else "Look at the wall"


def _item(state: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the question that waits for an answer; the last one if all have one."""
    if not state["seat"] or state["phase"] != OPEN:
        return None
    items: list[Mapping[str, Any]] = state["poll"]["items"]
    return next((item for item in items if item["id"] not in state["picks"]), items[-1])


def poll_form(state: Mapping[str, Any]) -> str:
    """Return the form that a phone without scripts shows now; a page that only waits loads itself again."""
    if not state["seat"] and (state["waits"] or state["door"]):
        return (
            '<meta http-equiv="refresh" content="5"><p>Your trainer can let you in. This page loads itself again.</p>'
        )
    if not state["seat"]:
        return (
            '<form method="post" action="seat"><label for="code">Number on your tag, or nothing</label>'
            '<input id="code" name="code" maxlength="6" autocapitalize="characters"><button class="wide main">Join</button></form>'
        )
    if (item := _item(state)) is None:
        line = f"<p>Your line: {escape(state['line'])}</p>" if state.get("line") else ""
        return f'<meta http-equiv="refresh" content="5"><p>This page loads itself again.</p>{line}'
    picked = state["picks"].get(item["id"], "")
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(str(value))}">'
        for name, value in (("question", item["id"]), ("round", state["round"]))
    )
    fields = "".join(
        f'<label class="tick"><input type="radio" name="pick" value="{letter}" required{" checked" * (picked == letter)}>{letter}: {escape(text)}</label>'
        for letter, text in zip(LETTERS, item["options"], strict=False)
    )
    if state["poll"]["each"]:
        counts = "-".join("0" * len(item["options"]))
        named = ", ".join(f"{letter}: {escape(text)}" for letter, text in zip(LETTERS, item["options"], strict=False))
        fields = f'<label for="pick">How many of each, such as {counts}? {named}</label><input id="pick" name="pick" maxlength="{LONGEST}" value="{escape(picked)}" required>'
    if not fields:
        fields = f'<label for="pick">Your answer</label><input id="pick" name="pick" maxlength="{LONGEST}" value="{escape(picked)}" required>'
    if state["poll"]["sure"]:
        fields += '<label class="tick"><input type="checkbox" name="sure" value="true">I am sure</label>'
    return f'<form method="post" action="answer">{hidden}{fields}<button class="wide main">Send</button></form><p>{"Your answer is in." if picked else ""}</p>'

"""YAML as text: every scalar keeps the characters that were written, and every node its line."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

import yaml
from msgspec import Struct, field

from workshop import limits
from workshop.errors import At, Report

# YAML as text: every scalar keeps the characters that were written, and every node knows its place.
#
# ``no``, ``10:30`` and ``2026`` are a word, a clock time and a year to an author; only a schema may read them otherwise.
# The tree is built from the parser's events, so that aliases (which can grow without bound) and endless nesting are refused on the way.
# Characters that XML, and so every file we write, can't hold; tab and line feed are fine
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
Key = tuple[str | int, ...]


class Tree(Struct):
    """The content of a YAML text.

    Attributes:
        value: texts, lists and mappings.
        places: path of keys and indices -> its place.
    """

    value: Any
    places: dict[Key, At]

    def at(self, key: Key) -> At:
        """Return the place of the longest prefix of ``key`` that has one."""
        while key not in self.places and key:
            key = key[:-1]
        return self.places.get(key, At(""))

    def get(self, key: Key) -> Any:
        """Return what is at a path that exists."""
        value = self.value
        for step in key:
            value = value[step]
        return value

    def put(self, key: Key, value: Any) -> None:
        """Replace what is at a path that exists."""
        if key:
            self.get(key[:-1])[key[-1]] = value
        else:
            self.value = value

    def only(self, keys: Collection[str]) -> Tree:
        """Return a mapping's tree with some of its keys."""
        return Tree({key: value for key, value in self.value.items() if key in keys}, dict(self.places))

    def take_out(self, *keys: Key) -> None:
        """Remove what is at some paths; if a path doesn't exist, remove its deepest part that does.

        Entries after a removed one in a list move up, and so do their places.
        """
        there = {self._existing(key) for key in keys}
        whole = [key for key in there if key and not any(key[:n] in there for n in range(1, len(key)))]
        for key in sorted(whole, key=lambda k: [s if isinstance(s, int) else -1 for s in k], reverse=True):
            parent = self.get(key[:-1])
            del parent[key[-1]]
            if isinstance(parent, list):
                self._move_up(key)

    def _existing(self, key: Key) -> Key:
        value = self.value
        for depth, step in enumerate(key):
            if not (
                step in value if isinstance(value, dict) else isinstance(value, list) and step in range(len(value))
            ):
                return key[:depth]
            value = value[step]
        return key

    def _move_up(self, gone: Key) -> None:
        depth = len(gone) - 1
        moved: dict[Key, At] = {}
        for key, at in self.places.items():
            step = key[depth] if key[:depth] == gone[:-1] and len(key) > depth else None
            if isinstance(step, int) and isinstance(gone[-1], int) and step >= gone[-1]:
                if step > gone[-1]:
                    moved[*key[:depth], step - 1, *key[depth + 1 :]] = at
            else:
                moved[key] = at
        self.places = moved

    def dotted(self) -> dict[str, At]:
        """Return dotted path -> place."""
        return {".".join(map(str, key)): at for key, at in self.places.items() if key}


class _NotTextError(Exception):
    def __init__(self, message: str, line: int, column: int, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.line, self.column, self.hint = message, line, column, hint


class _FullError(Exception):
    """There are too many values, which is reported."""


class _Node(Struct):
    value: Any
    path: Key
    key: str | None = None


class _Builder(Struct, kw_only=True):
    path: str
    first_line: int
    report: Report
    places: dict[Key, At] = field(default_factory=dict)
    stack: list[_Node] = field(default_factory=list)
    root: Any = ""
    documents: int = 0

    def at(self, mark: Any) -> At:
        return At(self.path, mark.line + self.first_line, mark.column + 1)

    def fail(self, message: str, event: Any, hint: str = "") -> _NotTextError:
        at = self.at(event.start_mark)
        return _NotTextError(message, at.line, at.column, hint)

    def take(self, event: Any) -> None:
        at, hint = self.at(event.start_mark), "leave out what isn't needed, or put the text into Markdown"
        if not self.report.spend(limits.YAML_VALUES, 1, "all YAML up to here has", at, hint):
            raise _FullError
        if isinstance(event, yaml.AliasEvent):
            raise self.fail("aliases (*) aren't supported here", event, "write the text out")
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self.fail("a second document begins here", event, "remove the line ---")
        elif isinstance(event, yaml.ScalarEvent):
            self.scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
            path = self.child_path(event)
            if len(self.stack) >= limits.YAML_DEPTH:
                raise self.fail("this is nested too deep", event, f"use at most {limits.YAML_DEPTH}")
            self.put(value, path)
            self.stack.append(_Node(value, path))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.stack.pop()

    def child_path(self, event: Any) -> Key:
        """Return the path of a value that begins here, and record its place."""
        if not self.stack:
            self.places[()] = self.at(event.start_mark)
            return ()
        parent = self.stack[-1]
        if isinstance(parent.value, list):
            path = (*parent.path, len(parent.value))
            self.places[path] = self.at(event.start_mark)
            return path
        if parent.key is None:
            raise self.fail("a key must be a word", event, "quote it, or put a value before the bracket")
        return (*parent.path, parent.key)

    def scalar(self, event: Any) -> None:
        parent, written = self.stack[-1] if self.stack else None, self.text(event)
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            parent.key = written
            path, at = (*parent.path, written), self.at(event.start_mark)
            if path in self.places and written in parent.value:
                message = f"{written!r} is given twice, first on line {self.places[path].line}"
                self.report.error(message, at, "keep one of them", "duplicate-key")
            self.places.setdefault(path, at)
            return
        self.put(written, self.child_path(event))

    def text(self, event: Any) -> str:
        """Return a scalar's text; escapes may produce characters that no file of ours may hold."""
        written = str(event.value)
        if odd := FORBIDDEN.search(written):
            message = f"there is a character U+{ord(odd.group()):04X} in this text"
            self.report.error(
                message, self.at(event.start_mark), "delete the escape that stands for it", "control-character"
            )
            return FORBIDDEN.sub("", written)
        return written

    def put(self, value: Any, path: Key) -> None:
        if not path:
            self.root = value
            return
        parent = self.stack[-1]
        if isinstance(parent.value, list):
            parent.value.append(value)
        elif parent.key is not None:
            parent.value.setdefault(parent.key, value)
            parent.key = None


def parse_yaml(text: str, path: str, report: Report, first_line: int = 1) -> Tree | None:
    """Read YAML as texts, lists and mappings.

    Args:
        path: the name used in places.
        first_line: line of the file that ``text`` begins on.

    Returns:
        The tree, or ``None`` after reporting why it can't be read.
    """
    builder = _Builder(path=path, first_line=first_line, report=report)
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
    except _FullError:
        return None
    except _NotTextError as error:
        report.error(error.message, At(path, error.line, error.column), error.hint, "yaml")
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = builder.at(mark) if mark else At(path, first_line)
        report.error(f"this is not YAML: {_sentence(error)}", at, _hint(error), "yaml")
        return None
    except yaml.YAMLError as error:
        report.error(f"this is not YAML: {str(error).splitlines()[0]}", At(path, first_line), "delete it", "yaml")
        return None
    return Tree(builder.root, builder.places)


def _sentence(error: yaml.MarkedYAMLError) -> str:
    parts = [part for part in (error.context, error.problem) if part]
    return ", ".join(parts) or "it cannot be read"


def _hint(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or ""
    if "mapping values are not allowed" in problem:
        return 'put quotation marks around a text with a colon: title: "Before: after"'
    if "tab" in problem or "'\\t'" in problem or "cannot start any token" in problem:
        return "indent with spaces, and quote texts that begin with a special character"
    return "check quotation marks, brackets and indentation on this line and the one before"

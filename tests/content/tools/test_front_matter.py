"""Front matter of other tools: a title in parts, keys that only steer a show, and a heading without its space."""

from __future__ import annotations

from workshop.build import prepare
from workshop.errors import Severity
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

TALK = """---
marp: true
paginate: true
size: 16:9
title:
  - type: main
    text: Bees
  - text: In cities
  - And beyond
---

# One

Said.

##Two

```
##Three
```
"""


def test_a_title_in_parts_is_title_and_subtitle_and_only_the_heading_without_a_space_is_named(tmp_path):
    talk = tmp_path / "talk.md"
    talk.write_text(TALK)
    laid, problems = prepare(talk, Request(), standard_registry(), base=None)
    assert (laid.kit.title, laid.kit.subtitle) == ("Bees", "In cities · And beyond")
    warnings = [(p.message, p.at.line, p.hint) for p in problems if p.severity is Severity.WARNING]
    assert warnings == [("'##Two' isn't a heading: it has no space after ##", 16, "write '## Two'")]
    assert not any(p.code == "ignored-names" for p in problems)

"""Front matter of other tools: a title in parts, keys that only steer a show, and a heading without its space."""

from __future__ import annotations

import pytest

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
    assert warnings == [
        ("subtitle: is not shown, since this talk begins with a slide of its own; write it there", 5, ""),
        ("'##Two' isn't a heading: it has no space after ##", 16, "write '## Two'"),
    ]
    assert not any(p.code == "ignored-names" for p in problems)


def test_a_subtitle_that_only_the_front_matter_has_is_named_if_the_tool_makes_no_title_slide(tmp_path):
    talk = tmp_path / "talk.md"
    talk.write_text(
        "---\nmarp: true\ntitle: Bees\nsubtitle: In cities\noccasion: Spring school\n---\n\n# Bees\n\nSpring school\n"
    )
    laid, problems = prepare(talk, Request(), standard_registry(), base=None)
    assert [slide.id for slide in laid.slides] == ["bees"]
    assert [(p.message, p.at.line) for p in problems if p.severity is Severity.WARNING] == [
        ("subtitle: is not shown, since this talk begins with a slide of its own; write it there", 4)
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("talk.md", "---\nmarp: true\nheader: '**The harbour** office'\nfooter: 3 March\n---\n\n# One\n\nSaid.\n"),
        (
            "talk.md",
            "theme: Next, 1\nfooter: **The harbour** office · 3 March\n\n# One\n\n[.autoscale: true]\n\nSaid.\n\n---\n\n# Two\n",
        ),
        ("talk.qmd", "---\nformat:\n  revealjs:\n    footer: The harbour office · 3 March\n---\n\n## One\n\nSaid.\n"),
    ],
)
def test_what_a_tool_has_at_head_and_foot_of_every_slide_is_one_line_at_its_foot(tmp_path, name, text):
    talk = tmp_path / name
    talk.write_text(text)
    laid, problems = prepare(talk, Request(), standard_registry(), base=None)
    assert laid.kit.footer == "The harbour office · 3 March"
    assert not any("is not shown" in p.message for p in problems)


XARINGAN = """---
title: "Bees"
subtitle: "In cities"
author: "Ana Lund"
institute: "School of Water"
date: "2026-03-05"
output:
  xaringan::moon_reader:
    lib_dir: libs{seal}
---

# One

Said.
"""


def test_xaringan_makes_a_title_slide_of_the_front_matter(tmp_path):
    talk = tmp_path / "talk.Rmd"
    talk.write_text(XARINGAN.format(seal=""))
    laid, problems = prepare(talk, Request(), standard_registry(), base=None)
    assert [slide.id for slide in laid.slides] == ["cover", "one"]
    words = [run.text for item in laid.slides[0].items for line in getattr(item, "lines", ()) for run in line.runs]
    assert words == ["Bees", "In cities", "Ana Lund · School of Water · 5 March 2026"]
    assert not any("is not shown" in p.message for p in problems)


def test_xaringan_without_its_seal_begins_with_the_first_slide_written(tmp_path):
    talk = tmp_path / "talk.Rmd"
    talk.write_text(XARINGAN.format(seal="\n    seal: false"))
    laid, problems = prepare(talk, Request(), standard_registry(), base=None)
    assert [slide.id for slide in laid.slides] == ["one"]
    assert [p.message.partition(":")[0] for p in problems if "is not shown" in p.message] == ["subtitle"]

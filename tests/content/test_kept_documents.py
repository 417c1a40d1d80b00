"""What a file of a kit says is kept from build to build; whatever it depends on makes it read again."""

from pathlib import Path

import pytest
from PIL import Image

from workshop import limits
from workshop.content import markdown_file, read, reading
from workshop.limits import Limit

KIT = "title: Buses\nlanguage: en-GB\nsections: [01-buses, 02-trams]\n"
BUSES = """---
stage: buses
number: 1
title: Buses
---

## A bus {#bus}

- Waits for $\\frac{a}{b}$ and `code`, [as trams do](#tram)
    1. **One** of ~~two~~ *three*

::: notes
Said with {{ 1 + 1 | int }}.
:::

---

![A bus](bus.png)

## A table {#table}

| bus | people |
|---|---:|
| 1 | 20 |

: Buses

```python
print(1)
```

> A quote[^1]

[^1]: A footnote.
"""
TRAMS = "---\nstage: trams\nnumber: 2\ntitle: Trams\n---\n\n## A tram {#tram}\n\n- It has [no wheels](#bus)\n"


@pytest.fixture
def kit(tmp_path):
    folder = tmp_path / "kit"
    folder.mkdir()
    (folder / "kit.yaml").write_text(KIT)
    (folder / "01-buses.md").write_text(BUSES)
    (folder / "02-trams.md").write_text(TRAMS)
    Image.new("RGB", (40, 30), "teal").save(folder / "bus.png")
    return folder


@pytest.fixture
def parsed(monkeypatch):
    """Return the names of the files that are parsed from now on."""
    names = []
    flow = markdown_file._flow

    def listening(reading):
        names.append(Path(reading.path).name)
        return flow(reading)

    monkeypatch.setattr(markdown_file, "_flow", listening)
    return names


def everything(kit, cache=None):
    content, problems = read(kit, cache=cache)
    return repr((content, problems))


def test_what_is_kept_is_what_is_read(kit, tmp_path, parsed):
    fresh = everything(kit)
    cache = tmp_path / "cache"
    assert everything(kit, cache) == fresh
    parsed.clear()
    assert everything(kit, cache) == fresh
    assert parsed == []


def test_only_the_file_that_changed_is_parsed_again(kit, tmp_path, parsed):
    cache = tmp_path / "cache"
    everything(kit, cache)
    parsed.clear()
    (kit / "02-trams.md").write_text(TRAMS + "- And a bell\n")
    assert "And a bell" in everything(kit, cache)
    assert parsed == ["02-trams.md"]


def test_a_picture_that_is_gone_is_reported_though_its_section_was_kept(kit, tmp_path):
    cache = tmp_path / "cache"
    everything(kit, cache)
    (kit / "bus.png").unlink()
    for place in (cache, None):
        assert [problem.code for problem in read(kit, cache=place)[1]] == ["missing-file"]


def test_a_link_that_leads_nowhere_is_reported_though_its_section_was_kept(kit, tmp_path):
    cache = tmp_path / "cache"
    everything(kit, cache)
    (kit / "02-trams.md").write_text(TRAMS.replace("{#tram}", "{#other}"))
    assert [str(problem) for problem in read(kit, cache=cache)[1]] == [str(problem) for problem in read(kit)[1]] != []


def test_a_file_with_a_problem_is_not_kept(kit, tmp_path):
    cache = tmp_path / "cache"
    (kit / "02-trams.md").write_text(TRAMS + "\n::: nonsense\n:::\n")
    first, second = (read(kit, cache=cache)[1] for _ in range(2))
    assert first == second != ()


def test_what_is_kept_is_read_again_if_it_is_damaged_or_says_something_else(kit, tmp_path, parsed):
    cache = tmp_path / "cache"
    fresh = everything(kit, cache)
    for content in (b"", b"nonsense", None):
        for path in cache.glob(f"*{markdown_file._SAID.ending}"):
            if content is None:
                RAW.keep(cache, path.stem, b"\x93\x01\x02\x03")
            else:
                path.write_bytes(content)
        parsed.clear()
        assert everything(kit, cache) == fresh
        assert sorted(parsed) == ["01-buses.md", "02-trams.md"]


RAW = markdown_file.Memo(markdown_file._SAID.ending, bytes, bytes)


def test_too_much_markdown_is_reported_where_it_begins_though_it_was_kept(kit, tmp_path, monkeypatch):
    cache = tmp_path / "cache"
    everything(kit, cache)
    less = Limit(300, limits.LETTERS.unit, limits.LETTERS.what)
    monkeypatch.setattr(limits, "LETTERS", less)
    for room in (reading, markdown_file):
        monkeypatch.setattr(room, "ALL_MARKDOWN", (less, *reading.ALL_MARKDOWN[1:]))
    kept, fresh = (read(kit, cache=place)[1] for place in (cache, None))
    assert kept == fresh
    assert "too-large" in [problem.code for problem in fresh]

"""Measures the built-in kit as whole processes: cold, warm, unchanged, one line edited; personal sheets; ``check``; and peaks of memory."""

import re
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.measured import ROOT, Found, Given, in_seconds, median, ours, seconds, surroundings, timed
from benchmarks.memory import peak_of

KIT, SHEETS = ROOT / "slides_src", ROOT / "exercises"
STEP = re.compile(r"^explore +([\d.]+) s +([\d.]+) s", re.MULTILINE)
POLICY = re.compile(r"<meta http-equiv=[^>]*>")  # it names the script that may run
PEER = """
import sys
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches
slides, charts, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
deck = Presentation()
for n in range(slides):
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = f"Slide {n}"
    slide.notes_slide.notes_text_frame.text = "Say something"
    if n < charts:
        data = CategoryChartData()
        data.categories = list("abcde")
        data.add_series("s", (1, 2, 3, 4, 5))
        slide.shapes.add_chart(XL_CHART_TYPE.LINE, Inches(1), Inches(1), Inches(6), Inches(4), data)
deck.save(path)
"""


def measure_kit(given: Given) -> Found:
    """Measure builds of the whole kit."""
    runs = 1 if given.quick else 5
    colds, explores = zip(*(_cold(given, n) for n in range(runs)), strict=True)
    cold, explore = median(colds), median(explores)
    source = given.folder / "kit"
    shutil.copytree(KIT, source / "slides_src")
    shutil.copytree(SHEETS, source / "exercises")
    cache, out = given.folder / "cache", given.folder / "out"
    build = [*ours(), "build", str(source / "slides_src"), "--out", str(out)]
    seconds(build, given, cache=cache)
    warm = median([seconds([*build, "--force"], given, cache=cache) for _ in range(runs)])
    seconds(build, given, cache=cache)
    same = median([seconds(build, given, cache=cache) for _ in range(runs)])
    edited = median([_edited(source, build, given, cache, n) for n in range(runs)])
    deck = median([seconds([*build, "--only", "deck", "--force"], given, cache=cache) for _ in range(runs)])
    peer = median([_peer(out / "deck.pptx", given) for _ in range(runs)])
    usage = median([seconds([*ours(), "--help"], given) for _ in range(5)])
    found = Found()
    found.ratios = [
        ("the kit, cold", f"{in_seconds(cold)} s", "≤ 10 s"),
        ("the kit, cold, without its companion page", f"{in_seconds(cold - explore)} s", ""),
        ("the kit, one line edited, a new process", f"{in_seconds(edited)} s", "≤ 3 s"),
        ("the kit, nothing changed", f"{in_seconds(same)} s", "≤ 0.2 s"),
        ("its deck alone, demos kept, to bare python-pptx with as many slides and charts", f"{deck / peer:.2f} ×", ""),
        ("`--help`", f"{in_seconds(usage)} s", "≤ 0.2 s"),
    ]
    found.table(
        ("the built-in kit, all default files", f"median, {given.unit}"),
        ("nothing kept", in_seconds(cold)),
        ("of it, the companion page", in_seconds(explore)),
        ("demos and documents kept, built again", in_seconds(warm)),
        ("one line of a slide edited", in_seconds(edited)),
        ("nothing changed", in_seconds(same)),
        ("the deck alone, demos kept", in_seconds(deck)),
        ("bare python-pptx, as many slides and charts", in_seconds(peer)),
    )
    return found


def _cold(given: Given, number: int) -> tuple[float, float]:
    """Return the time of a build from nothing, and that of its companion page."""
    place = given.folder / f"cold{number}"
    command = [*ours(), "build", "--out", str(place / "out"), "--timing"]
    whole, told = timed(command, given, cache=place / "cache")
    step = STEP.search(told)
    return whole, float(step[2 if given.cpu else 1]) if step else 0.0


def _edited(source: Path, build: list[str], given: Given, cache: Path, number: int) -> float:
    """Return the time of a build after one word of one slide was changed."""
    with_one_line_edited(source / "slides_src", number)
    return seconds(build, given, cache=cache)


def with_one_line_edited(kit: Path, number: int) -> None:
    """Add a number to one line of one slide of the kit, or change it there."""
    section = sorted(kit.glob("*.md"))[3]
    lines = section.read_text("utf-8").split("\n")
    place = next(n for n, line in enumerate(lines) if line.startswith("- ") and "{" not in line)
    lines[place] = f"{lines[place].split(' (edit')[0]} (edit {number})"
    section.write_text("\n".join(lines), "utf-8")


def _peer(deck: Path, given: Given) -> float:
    from pptx import Presentation

    slides = Presentation(str(deck)).slides
    charts = sum(shape.has_chart for slide in slides for shape in slide.shapes)
    return seconds([sys.executable, "-c", PEER, str(len(slides)), str(charts), str(given.folder / "peer.pptx")], given)


def measure_personal(given: Given) -> Found:
    """Measure thirty sets of personal sheets with look-up and key: after a build of the kit, with nothing kept, and once more."""
    runs = 1 if given.quick else 5
    built = given.folder / "built"
    seconds([*ours(), "build", "--out", str(given.folder / "out")], given, cache=built)
    after, cold, again = [], [], []
    for n in range(runs):
        cache, out = given.folder / f"after{n}", given.folder / f"personal{n}"
        shutil.copytree(built, cache)
        build = [*ours(), "build", "--personal", "30", "--only", "personal,lookup,personal-key"]
        after.append(seconds([*build, "--out", str(out)], given, cache=cache))
        again.append(seconds([*build, "--out", str(out), "--force"], given, cache=cache))
        cold.append(seconds([*build, "--out", f"{out}-cold"], given, cache=given.folder / f"cold{n}"))
    found = Found()
    found.ratios = [
        ("30 personal sets with look-up and key, the kit built before", f"{in_seconds(median(after))} s", "≤ 6 s"),
        ("30 personal sets with look-up and key, nothing kept", f"{in_seconds(median(cold))} s", ""),
    ]
    found.table(
        ("30 personal sets with look-up and key", f"median, {given.unit}"),
        ("nothing kept: the demos run as well", in_seconds(median(cold))),
        ("the kit built before", in_seconds(median(after))),
        ("the same sets again", in_seconds(median(again))),
    )
    return found


def measure_check(given: Given) -> Found:
    """Measure ``check`` of the whole kit for all its audiences."""
    found, runs = Found(), 1 if given.quick else 3
    plain = median([seconds([*ours(), "check"], given, cache=given.folder / f"c{n}") for n in range(runs)])
    found.ratios = [("`check` of the kit, without print", f"{in_seconds(plain)} s", "≤ 10 s")]
    rows = [
        ("`check` of the kit, all audiences, nothing kept", f"median, {given.unit}"),
        ("without print", in_seconds(plain)),
    ]
    if not given.quick:
        printed = seconds([*ours(), "check", "--print"], given, cache=given.folder / "p")
        found.ratios.append(("`check` of the kit, with print", f"{in_seconds(printed)} s", "≤ 20 s"))
        rows.append(("with print, one run", in_seconds(printed)))
    found.table(*rows)
    return found


def measure_memory(given: Given) -> Found:
    """Measure the peaks of memory of a kit and a talk, all processes together; Linux only."""
    from benchmarks.talk_source import write_talk

    found = Found()
    environment = surroundings(given.folder / "cache")
    talk = write_talk(60 if given.quick else 600, given.folder / "talk")
    kit = peak_of([*ours(), "build", "--out", str(given.folder / "kit"), "--quiet"], environment).total / 1024
    deck = (
        peak_of([*ours(), "build", str(talk), "--out", str(given.folder / "deck"), "--quiet"], environment).total / 1024
    )
    found.ratios = [("the kit, cold, all processes together", f"{kit:.0f} MB", "≤ 400 MB")]
    found.table(
        ("all processes together, shared pages counted once", "peak, MB"),
        ("the built-in kit, nothing kept", f"{kit:.0f}"),
        (f"a talk of {60 if given.quick else 600} slides", f"{deck:.0f}"),
    )
    return found


def measure_page(given: Given) -> Found:
    """Measure how soon the companion page answers in Chromium, and the same page without its script."""
    from tests.browser import opened, show

    found = Found()
    seconds([*ours(), "build", "--out", str(given.folder), "--only", "explore", "--quiet"], given)
    page, bare = given.folder / "explore.html", given.folder / "bare.html"
    text = page.read_text("utf-8")
    begin, end = text.rindex("<script>") + len("<script>"), text.rindex("</script>")
    read = "document.documentElement.dataset.ready = Math.round(performance.now());"
    bare.write_text(POLICY.sub("", text[:begin] + read + text[end:]), "utf-8")
    ready: dict[Path, list[float]] = {page: [], bare: []}
    with tempfile.TemporaryDirectory() as profile, opened(Path(profile)) as browser:
        for _ in range(3 if given.quick else 11):
            for path, times in ready.items():
                show(browser, path)
                times.append(float(browser.execute_script("return document.documentElement.dataset.ready")))
    ours_, other = (median(times) for times in ready.values())
    found.ratios = [
        ("the companion page, ready", f"{ours_:.0f} ms", "≤ 300 ms"),
        ("the companion page, ready, to the same without its script", f"{ours_ / other:.2f} ×", ""),
    ]
    found.lines = [
        "",
        f"{len(text) // 1024} KB. Ready means that the page has checked its sums and answers; without its script, that it is read.",
    ]
    return found

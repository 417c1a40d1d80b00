"""Measures whole-process times of the built-in kit: cold, warm, and compared with bare python-pptx writing as many slides and charts.

python benchmarks/whole_kit.py [RUNS]
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
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


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Run a command and return its wall time."""
    began = time.perf_counter()
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    return time.perf_counter() - began


def main() -> None:
    """Print medians and ratios."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        build = [sys.executable, str(ROOT / "build_deck.py"), "--out", str(here / "out")]
        environment = {**os.environ, "WORKSHOP_CACHE": str(here / "cache")}
        cold = [seconds([*build, "--no-cache"], environment) for _ in range(runs)]
        seconds(build, environment)
        slides, charts = size(here / "out" / "deck.pptx")
        warm, deck, peer = [], [], []
        for _ in range(runs):
            warm.append(seconds(build, environment))
            deck.append(seconds([*build, "--only", "deck"], environment))
            peer.append(
                seconds([sys.executable, "-c", PEER, str(slides), str(charts), str(here / "peer.pptx")], environment)
            )
        print(f"{slides} slides, {charts} charts; medians of {runs} runs, whole processes")
        for name, times in (("kit, nothing kept", cold), ("kit, demos kept", warm), ("deck alone, demos kept", deck)):
            ratio = statistics.median(t / p for t, p in zip(times, peer, strict=True))
            print(f"{name:24} {statistics.median(times):6.2f} s   {ratio:5.2f} x bare python-pptx")
        print(f"{'bare python-pptx':24} {statistics.median(peer):6.2f} s")


def size(deck: Path) -> tuple[int, int]:
    """Return the numbers of slides and charts in a deck."""
    from pptx import Presentation

    slides = Presentation(str(deck)).slides
    return len(slides), sum(shape.has_chart for slide in slides for shape in slide.shapes)


if __name__ == "__main__":
    main()

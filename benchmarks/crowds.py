"""Measures a live room that somebody tries to shut: phones vote and join beside connections that are held, and beside a laptop that floods.

python benchmarks/crowds.py                        all kinds of connections, from one address, from ten, and from the phones' own
python benchmarks/crowds.py polls phones 300 1000  one kind ("mixed" for all), one place, so many connections, so many requests a second
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.addons.live.crowd import KINDS, room_alone, run  # noqa: E402

PEOPLE, PHONES, JOINERS, SECONDS, HELD, RATE = 120, 120, 20, 6.0, 300, 1000


def measured(kinds: tuple[str, ...], places: str, held: int, rate: int) -> dict[str, Any]:
    """Return what the phones of a room saw."""
    with tempfile.TemporaryDirectory() as folder, room_alone(PEOPLE, folder) as (port, secret, pid):
        return asyncio.run(
            run(
                port,
                secret,
                pid,
                phones=PHONES,
                joiners=JOINERS,
                kinds=kinds,
                places=places,
                count=held,
                rate=rate,
                seconds=SECONDS,
            )
        )


def row(name: str, places: str, found: dict[str, Any]) -> str:
    """Return a line of the table."""

    def at(name: str, share: float) -> str:
        times = found[name]
        return f"{1000 * times[min(len(times) - 1, int(share * len(times)))]:5.0f}" if times else "none"

    failed = f"; failed: {len(found['failed'])}, as {found['failed'][0][:60]}" if found["failed"] else ""
    return (
        f"{name:13} {places:7} votes {len(found['votes']):3} of {3 * PHONES}, lost {found['lost']}, median {at('votes', 0.5)} ms, "
        f"99 of 100 {at('votes', 0.99)} ms; page at most {at('pages', 1)} ms, joining {at('joins', 1)} ms ({len(found['joins'])} of {JOINERS}); "
        f"laptop asked {found['laptop'][0]}, answered {found['laptop'][1]}; server {found['share']['server']:.0%} of a core, phones {found['share']['phones']:.0%}, load {os.getloadavg()[0]:.1f}{failed}"
    )


def main() -> None:
    """Print a table."""
    typed = sys.argv[1:]
    if typed:
        kinds = KINDS if typed[0] == "mixed" else (typed[0],)
        print(row(typed[0], typed[1], measured(kinds, typed[1], int(typed[2]), int(typed[3]))), flush=True)
        return
    for places in ("one", "ten", "phones"):
        for name in (*KINDS, "mixed"):
            print(row(name, places, measured(KINDS if name == "mixed" else (name,), places, HELD, RATE)), flush=True)


if __name__ == "__main__":
    main()

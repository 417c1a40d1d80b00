"""A tally of a room's votes: from any form of ballots to the votes of each round, as demos read them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from workshop.errors import At, Problem, Report, did_you_mean
from workshop.model.prints import Ballots

# Tallying a room's votes: from any form that ``--votes`` reads to the votes of each round, in the form that demos read.
COLUMNS = ("round", "first", "second", "first_votes", "second_votes")
SIMULATED = "// simulated\n"  # repeated in the output; without it, a deck made from that would present the votes as a real room's


def tally(path: Path, ballots: Ballots) -> tuple[str, tuple[Problem, ...]]:
    """Return the votes of each round as CSV text, and a warning for each entry that was corrected or left out.

    Args:
        path: totals, ballots as printed, or one line per participant: see ``inputs/ballot_forms``.
        ballots: the answers that were compared in each round, and the codes that were printed.

    Raises:
        Problems: for every mistake, with its line.
    """
    from workshop.inputs.ballot_codes import stage_of
    from workshop.inputs.ballot_forms import count_ballots
    from workshop.inputs.text_folders import read_text_file as read_text

    text, name = read_text(path)
    counted = count_ballots(text, name, stage_of(ballots.codes[:20]) if ballots.codes else 0)
    rounds = {str(round_.number): round_ for round_ in ballots.rounds}
    report, out = Report(), io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for number, first, second, votes, other_votes in counted.rounds:
        known = rounds.get(number)
        if known is None:
            report.error(f"there is no round {number!r}", At(name), did_you_mean(number, rounds), "ballots")
            continue
        writer.writerow((number, first or known.a.kind, second or known.b.kind, votes, other_votes))
    report.raise_if_errors()
    return (SIMULATED if counted.simulated else "") + out.getvalue(), counted.told

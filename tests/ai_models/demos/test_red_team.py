"""Adds up the red team's table again from the three CSV files, with the intervals of statsmodels."""

from __future__ import annotations

import csv
import re

import pytest
from statsmodels.stats.proportion import proportion_confint

from tests.ai_models.garden import FOLDER
from workshop.ai_models.demos.red_team import red_team
from workshop.ai_models.register import kit_folder


def table(name: str) -> list[dict[str, str]]:
    folder = FOLDER if (FOLDER / name).exists() else kit_folder() / "data"
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def disguised(request: str, how: str, text: str, triggers: set[str]) -> str:
    """Dress one request up as the file of attacks says, by substitution in the text rather than word by word."""
    trigger = re.compile(rf"(?<!\S)(?:{'|'.join(sorted(triggers, key=len, reverse=True))})(?!\S)")
    swapped = {"o": "0", "e": "3", "i": "1", "a": "4"}
    if how == "misspell":
        return trigger.sub(lambda m: re.sub("[oeia]", lambda letter: swapped[letter[0]], m[0]), request)
    if how == "space":
        return trigger.sub(lambda m: " ".join(m[0]), request)
    before, _, after = text.partition("|") if how == "around" else (text, "", "") if how == "before" else ("", "", text)
    return f"{before} {request} {after}"


@pytest.mark.parametrize("threshold", [1, 2, 4])
def test_every_rate_and_interval_is_that_of_a_count_by_hand(run, threshold):
    points = {row["word"]: int(row["points"]) for row in table("rules.csv")}
    harmful = [row["request"] for row in table("requests.csv") if row["harmful"] == "yes"]
    triggers = {word for word, value in points.items() if value > 0}
    expected = {}
    for attack in table("attacks.csv"):
        through = 0
        for request in harmful:
            said = disguised(request, attack["how"], attack["text"], triggers)
            through += sum(points.get(word, 0) for word in re.findall(r"[\w'-]+", said)) < threshold
        low, high = proportion_confint(through, len(harmful), method="wilson")
        expected[attack["attack"]] = (through, low, high)

    found = run(red_team, threshold=threshold)
    assert found.facts["tried"] == len(harmful)
    (series,) = found.exhibits["rates"].series
    for name, share, low, high in zip(
        found.exhibits["rates"].categories, series.values, series.low, series.high, strict=True
    ):
        counted, *ends = expected[name]
        assert (share, low, high) == pytest.approx((counted / len(harmful), *ends), abs=1e-8), name

    plain, best = expected["as it is"], max(expected.values(), key=lambda result: result[1])
    for fact, result in (("plain", plain), ("best", best)):
        got = found.facts[fact]
        assert (got["through"], got["low"], got["high"]) == pytest.approx(result, abs=1e-8)
    assert found.facts["works"] == sum(low > plain[2] for _, low, _ in expected.values())

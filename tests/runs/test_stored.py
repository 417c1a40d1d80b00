"""Tests findings as JSON: everything that a demo may return is read back unchanged, and no file can run anything."""

import json
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from workshop.files.memo import Memo
from workshop.model.exhibits import About, Chart, ChartKind, Code, Column, Findings, Honesty, Reference, Series, Table
from workshop.model.frozen import Frozen
from workshop.runs.cache import FINDINGS, keep_findings, load_findings
from workshop.runs.stored import from_json, to_json

keep_bytes = Memo(FINDINGS.ending, bytes, bytes).keep
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
FACTS = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.integers(), inner, max_size=3),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(st.text(), FACTS, max_size=4))
def test_facts_come_back_as_they_were_keys_that_are_numbers_included(facts):
    findings = Findings(Frozen(facts))
    back, _ = from_json(to_json((findings, False)))
    assert repr(back) == repr(findings)


def test_every_kind_of_exhibit_comes_back():
    series = (Series("a", (1.5, None), role="accent", labels=("x", "y")), Series("b", (0.1, 2.0)))
    chart = Chart(
        kind=ChartKind.LINE,
        title="t",
        measure="m",
        finding="f",
        series=series,
        categories=("one", "two"),
        references=(Reference("chance", 0.5, label="at {}"),),
        honesty=Honesty.SIMULATED,
        y_min=np.float64(0.25),
        y_max=9.5,
    )
    table = Table(
        title="t", columns=(Column("a"), Column("n", "count")), rows=(("x", 3), ("y", None)), finding="f", highlight=1
    )
    asked = replace(chart, series=(Series("a", (None, None)),), key=chart)
    exhibits = {"c": chart, "asked": asked, "t": table, "k": Code(title="t", text="print(1)\n", finding="f")}
    findings = Findings(Frozen({}), exhibits, About(name="d", title="D", claims={"a sentence": "x > 1"}, seconds=0.5))
    back, _ = from_json(to_json((findings, False)))
    assert back == findings
    assert back.about == findings.about
    assert isinstance(back.exhibits["c"].kind, ChartKind)


def test_a_pickle_where_findings_are_kept_is_not_even_looked_at(tmp_path):
    class Bad:
        def __reduce__(self):
            return (open, (str(tmp_path / "ran"), "w"))

    for payload in (pickle.dumps(Bad()), b"cno_such_module\nx\n.", b"[" * 100_000, b"{}", b'{"facts": 1}', b"null"):
        (tmp_path / "a.findings").write_bytes(payload)
        assert load_findings(tmp_path, "a") is None
        keep_bytes(tmp_path, "a", payload)
        assert load_findings(tmp_path, "a") is None
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("change", [{"honesty": "no"}, {"series": [1]}, {"extra": 1}, {"series": [{"name": "a"}]}])
def test_an_impossible_exhibit_is_not_a_finding(tmp_path, change):
    chart = Chart(
        kind=ChartKind.BAR, title="t", measure="m", finding="f", series=(Series("a", (1.0,)),), categories=("x",)
    )
    stored = json.loads(to_json((Findings(Frozen({}), {"c": chart}), False)))
    keep_bytes(tmp_path, "a", json.dumps(stored).encode())
    assert load_findings(tmp_path, "a")
    stored["exhibits"][0][2] |= change
    keep_bytes(tmp_path, "a", json.dumps(stored).encode())
    assert load_findings(tmp_path, "a") is None


def test_findings_that_json_cannot_hold_are_not_kept(tmp_path):
    keep_findings(tmp_path, "a", Findings(Frozen({"huge": 10**5000})))
    assert load_findings(tmp_path, "a") is None
    keep_findings(tmp_path, "b", Findings(Frozen({"large": 10**300})))
    assert load_findings(tmp_path, "b").facts["large"] == 10**300

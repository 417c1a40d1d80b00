"""Slots and knobs without a demo's name."""

from pathlib import Path

import pytest

from workshop.content import load
from workshop.errors import ExitCode, WorkshopError
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.runs.owners import with_owners
from workshop.runs.requests import pinned, run_requests

DOCS = Path("docs")


@pytest.fixture(scope="module")
def owned(kit_path):
    content, registry = load(kit_path)[0], standard_registry()
    return lambda **options: with_owners(Request(**options), content, registry)


def test_a_slot_that_several_demos_have_is_filled_in_each_unless_one_is_given_its_own(owned):
    request = owned(data={("tokenizer", "text"): DOCS / "points.md", ("", "text"): DOCS})
    assert request.data == {
        ("trigram", "text"): DOCS,
        ("temperature", "text"): DOCS,
        ("tokenizer", "text"): DOCS / "points.md",
    }


def test_a_slot_that_one_demo_has_is_that_demos(owned):
    request = owned(data={("", "library"): DOCS, ("trigram", "text"): DOCS}, sets={("", "question"): "What now?"})
    assert request.data == {("retrieval", "library"): DOCS, ("trigram", "text"): DOCS}
    assert request.sets == {("retrieval", "question"): "What now?"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            {"sets": {("", "budget"): 900}},
            r"--set budget: 2 demos .* write cleaning\.budget or mixture\.budget",
        ),
        ({"data": {("", "libary"): DOCS}}, r"--data libary: no demo of this kit has a slot .*'library'"),
        ({"sets": {("", "library"): "x"}}, r"--set library: no demo of this kit has a knob"),
    ],
    ids=["several", "none", "a slot isn't a knob"],
)
def test_a_name_that_could_mean_several_or_none_is_one_sentence(owned, options, said):
    with pytest.raises(WorkshopError, match=said) as caught:
        owned(**options)
    assert len(caught.value.problems) == 1


def test_a_request_whose_names_are_whole_is_left_alone():
    request = Request(data={("trigram", "text"): DOCS})
    assert with_owners(request, None, standard_registry()) is request


def test_votes_fill_the_slot_that_the_kit_names(owned):
    request = owned(votes=Path("ballots.txt"))
    assert (request.votes, request.data) == (None, {("votes", "ballots"): Path("ballots.txt")})


def test_votes_for_a_kit_that_counts_none_are_refused_with_the_key_to_write(bread):
    with pytest.raises(WorkshopError, match=r"names no demo that counts votes .* votes: demo\.slot") as caught:
        with_owners(Request(votes=Path("ballots.txt")), load(bread)[0], standard_registry())
    assert caught.value.exit_code == ExitCode.USAGE


def test_a_knob_that_runs_write_down_keeps_its_value_and_one_warning_names_them(kit_path):
    content, registry = load(kit_path)[0], standard_registry()
    specs = [run for stage in content.stages for run in stage.runs if run.demo == "release_gate"]
    asked = Request(sets={("release_gate", "margin"): "0.03"})
    margins = {run.name: run.knobs["margin"] for run in run_requests(specs, content, asked, registry)}
    written = {spec.name: spec.knobs["margin"] for spec in specs}
    assert margins == written
    (told,) = pinned(specs, asked)
    assert told.message == ("--set release_gate.margin changes nothing in the run 'gate_wide', where margin is set")
    assert list(pinned(specs, Request(sets={("release_gate", "each"): "50"}))) == []
    its_own = Request(sets={("gate_wide", "margin"): "0.01"})
    assert {run.knobs["margin"] for run in run_requests(specs, content, its_own, registry)} == {"0.01"}
    assert list(pinned(specs, its_own)) == []

import pickle

import pytest

from workshop.errors import At, ExitCode, Problem, Problems, Report, Severity, WorkshopError, did_you_mean, failures_of


def test_a_problem_reads_as_file_line_severity_message_and_hint():
    problem = Problem("there is no fact 'x'", At("talk.md", 7), hint="did you mean 'y'?")
    assert str(problem) == "talk.md:7: error: there is no fact 'x' — did you mean 'y'?"


def test_a_problem_of_a_whole_file_names_no_line():
    assert str(Problem("empty", At("talk.md"))) == "talk.md: error: empty"


def test_problems_come_in_the_order_of_their_places_and_each_once():
    late, early = Problem("b", At("a.md", 9)), Problem("a", At("a.md", 2))
    assert Problems([late, early, late]).problems == (early, late)


def test_problems_survive_the_way_back_from_another_process():
    error = Problems([Problem("a", At("a.md", 1))], ExitCode.MACHINE)
    again = pickle.loads(pickle.dumps(error))
    assert again.problems == error.problems
    assert again.exit_code is ExitCode.MACHINE
    single = pickle.loads(pickle.dumps(WorkshopError("x", ExitCode.USAGE)))
    assert (str(single), single.exit_code) == ("error: x", ExitCode.USAGE)


def test_warnings_alone_do_not_stop_anything():
    report = Report()
    report.warn("long")
    report.advise("hm")
    report.raise_if_errors()
    assert [p.severity for p in report.found] == [Severity.WARNING, Severity.ADVICE]


def test_everything_found_is_raised_together_with_the_first_error():
    report = Report()
    report.warn("long", At("a.md", 1))
    report.error("wrong", At("a.md", 2))
    with pytest.raises(Problems) as raised:
        report.raise_if_errors()
    assert [p.message for p in raised.value.problems] == ["long", "wrong"]


def test_a_hint_lists_what_there_is_when_nothing_is_close():
    assert did_you_mean("zzz", ["b", "a"]) == "there are: a, b"
    assert did_you_mean("zzz", []) == ""


def test_what_a_layout_raises_is_reported_with_its_place():
    report = Report()
    with failures_of("the layout 'maze'", report, At("talk.md", 7)):
        raise ModuleNotFoundError("No module named 'mazes'", name="mazes")
    (problem,) = report.found
    assert str(problem).startswith("talk.md:7: error: the layout 'maze' failed: ModuleNotFoundError: No module named")


def test_a_layout_that_lacks_a_package_of_one_of_our_extras_is_no_fault_of_a_plugin():
    report = Report()
    with pytest.raises(ModuleNotFoundError), failures_of("the layout 'predict'", report):
        raise ModuleNotFoundError("No module named 'babel'", name="babel.dates")
    assert report.found == []

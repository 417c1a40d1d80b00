"""Tests of what the page is told of a build's words."""

from datetime import date

from workshop.addons.studio.form import Form
from workshop.addons.studio.job import Job
from workshop.addons.studio.project import Project


def heard(folder, kit, *lines):
    job = Job(Project.new(folder, "Bread", Form(kit=kit), date(2026, 12, 2)), lambda: None)
    for line in lines:
        job._heard(line)
    return job.said


def test_advice_about_the_programs_own_files_is_not_for_a_trainer(tmp_path):
    ours = f"{tmp_path.parent}/kit/02-pretraining.md:284"
    warning = f"{ours}: warning: the chart is small"
    theirs = "overlay/01-opening.md:3: advice: the title is long"
    assert heard(tmp_path, "", f"{ours}: advice: 'four' may be a knob", warning, theirs) == [warning, theirs]


def test_whoever_opened_a_kit_gets_advice_about_it(tmp_path):
    kit = tmp_path.parent / "bread"
    line = f"{kit}/01-dough.md:2: advice: the title is long"
    assert heard(tmp_path, str(kit), line) == [line]

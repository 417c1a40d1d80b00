"""Each limit at its most takes at most ten seconds and 400 MB, or is refused with one sentence before that."""

import sys
from importlib import import_module

import pytest

from tests.hostile.case import MEGABYTES, SECONDS
from tests.limits.cases import APART, CASES
from tests.limits.run import run
from workshop import limits
from workshop.plugins.addons import addons

# Seconds are those of an idle processor. On a busy machine two processes share a core and its memory, and each takes more of them.
BUSY = 2
MODULES = (limits, *(import_module(addon.limits) for addon in addons().values() if addon.limits))
LIMITS = {name for module in MODULES for name, value in vars(module).items() if isinstance(value, limits.Limit)}


@pytest.mark.broad
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says what a process and those that it starts take")
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{' '.join(case.of)}: {case.what}"[:90])
def test_a_limit_at_its_most_takes_little_or_is_refused_with_one_sentence(case, tmp_path):
    done = run(case, tmp_path)
    said = done["said"]
    assert "Traceback" not in said
    assert "internal error" not in said
    assert (case.says in said and done["code"] in (1, 2)) if case.says else (done["code"] == 0, said) == (True, said)
    assert done["megabytes"] <= MEGABYTES
    assert done["seconds"] <= SECONDS * BUSY


def test_every_limit_has_a_case():
    tried = {name for case in CASES for name in case.of}
    assert tried | set(APART) == LIMITS
    assert tried.isdisjoint(APART)


def test_every_limit_of_text_is_tried_in_more_than_one_shape():
    shapes = {name: {case.shape for case in CASES if name in case.of} for name in LIMITS - set(APART)}
    assert {"wide", "long", "deep", "many"} == set.union(*shapes.values())
    big = ("SOURCE_BYTES", "PARAGRAPH", "KIT_PARTS", "ELEMENTS", "WORK", "YAML_VALUES", "DATA_BYTES", "ALL_PIXELS")
    assert [name for name in big if len(shapes[name]) < 3] == []

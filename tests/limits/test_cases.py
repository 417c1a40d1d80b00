"""Each limit has a case; what a case takes is tried group by group, in the files beside this one."""

from importlib import import_module

from tests.limits.cases import APART, CASES
from workshop import limits
from workshop.plugins.addons import addons

MODULES = (limits, *(import_module(addon.limits) for addon in addons().values() if addon.limits))
LIMITS = {name for module in MODULES for name, value in vars(module).items() if isinstance(value, limits.Limit)}


def test_every_limit_has_a_case():
    tried = {name for case in CASES for name in case.of}
    assert tried | set(APART) == LIMITS
    assert tried.isdisjoint(APART)


def test_every_limit_of_text_is_tried_in_more_than_one_shape():
    shapes = {name: {case.shape for case in CASES if name in case.of} for name in LIMITS - set(APART)}
    assert {"wide", "long", "deep", "many"} == set.union(*shapes.values())
    big = ("SOURCE_BYTES", "PARAGRAPH", "KIT_PARTS", "ELEMENTS", "WORK", "YAML_VALUES", "DATA_BYTES", "ALL_PIXELS")
    assert [name for name in big if len(shapes[name]) < 3] == []

import pytest
from msgspec.structs import replace

from workshop.plugins.registry import standard_registry
from workshop.render.pptx.base import base_parts
from workshop.render.pptx.kept_base import SUFFIX, digest, kept_base


@pytest.fixture(scope="module", params=["light", "dark"])
def theme(request):
    return standard_registry().get("theme", request.param)()


def test_an_empty_presentation_from_the_cache_is_the_one_that_was_made(theme, tmp_path, monkeypatch):
    made = base_parts(theme, 3)
    assert kept_base(theme, 3, None) == made
    assert kept_base(theme, 3, tmp_path) == made
    monkeypatch.setattr("workshop.render.pptx.kept_base.base_parts", lambda *_: pytest.fail("it was made again"))
    found = kept_base(theme, 3, tmp_path)
    assert found.contents == made.contents
    assert list(found.contents) == list(made.contents)
    assert found.kinds == made.kinds
    assert {k: [tuple(pair) for pair in v] for k, v in found.relationships.items()} == made.relationships


def test_a_damaged_one_is_made_again(theme, tmp_path):
    made = kept_base(theme, 0, tmp_path)
    (file,) = tmp_path.glob(f"*{SUFFIX}")
    file.write_bytes(file.read_bytes()[:-20])
    assert kept_base(theme, 0, tmp_path) == made


def test_whatever_is_drawn_from_changes_the_digest(theme):
    another = replace(theme, colors={**theme.colors, "ink": "123456"})
    assert len({digest(theme, 0), digest(theme, 1), digest(another, 0)}) == 3

from tests.files.faults import stops
from workshop.files.unchanged import Answer, keep_answer, last_answer

ANSWER = Answer(problems="", text="deck.pptx\n")


class Nothing:
    """Return a build that read no file."""

    def inputs(self, made, cache):
        return {}


def test_an_answer_that_was_kept_half_is_none(tmp_path):
    cache = tmp_path / "cache"
    cache.mkdir()
    found = set()
    for point in stops(
        cache, lambda: keep_answer(cache, ["build"], Nothing(), [], ANSWER), ("before", "half", "error")
    ):
        assert last_answer(cache, ["build"]) in (None, ANSWER), point
        keep_answer(cache, ["build"], Nothing(), [], ANSWER)
        assert last_answer(cache, ["build"]) == ANSWER, point
        found.add(point)
    assert len(found) > 4

from workshop.addons.web.pace import Pace


def test_everybody_may_ask_so_often_a_second_and_some_more_at_once(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    pace = Pace()
    assert [pace.allows("a", 2, 3) for _ in range(5)] == [True, True, True, False, False]
    assert pace.allows("b", 2, 3)
    now[0] = 1.0
    assert [pace.allows("a", 2, 3) for _ in range(3)] == [True, True, False]
    now[0] = 100.0
    assert sum(pace.allows("a", 2, 3) for _ in range(9)) == 3


def test_only_so_many_are_known_and_the_one_that_was_silent_longest_is_forgotten(monkeypatch):
    monkeypatch.setattr("workshop.addons.web.pace.MOST_WHO", 10)
    pace = Pace()
    for who in range(30):
        pace.allows(who, 1, 1)
    assert len(pace._left) == 10
    assert pace.allows(0, 1, 1)
    assert not pace.allows(29, 1, 1)

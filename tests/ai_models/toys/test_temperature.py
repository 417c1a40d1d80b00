import numpy as np

from workshop.ai_models.toys.temperature import Choice


def test_it_draws_what_numpy_would_from_the_same_random_numbers():
    things, chances = ["a", "b", "c", "d"], np.array([0.1, 0.0, 0.6, 0.3])
    ours, theirs = np.random.default_rng(3), np.random.default_rng(3)
    choice = Choice.of(things, chances)
    assert [choice.draw(ours) for _ in range(500)] == [str(theirs.choice(things, p=chances)) for _ in range(500)]

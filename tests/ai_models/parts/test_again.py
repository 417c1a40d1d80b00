import numpy as np

from workshop.ai_models.parts.again import once_per_state


def test_the_same_state_gives_the_same_result_once_and_leaves_the_generator_where_it_would_be():
    made = []

    @once_per_state
    def numbers(rng, count):
        made.append(count)
        return rng.random(count).tolist()

    first, second, plain = (np.random.default_rng(5) for _ in range(3))
    assert numbers(first, 3) == numbers(second, 3) == plain.random(3).tolist()
    assert made == [3]
    assert first.random() == second.random() == plain.random()


def test_another_state_or_other_arguments_are_worked_out():
    @once_per_state
    def numbers(rng, count):
        return rng.random(count).tolist()

    rng, plain = np.random.default_rng(5), np.random.default_rng(5)
    assert [numbers(rng, 2), numbers(rng, 2)] == [plain.random(2).tolist(), plain.random(2).tolist()]
    assert numbers(np.random.default_rng(5), 1) == np.random.default_rng(5).random(1).tolist()

"""Paper exercises that are made and solved by code: ``(rng, level, facts of a run) -> Worked``."""

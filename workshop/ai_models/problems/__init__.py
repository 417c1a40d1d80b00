"""Paper exercises that code makes and solves: ``(rng, level, facts of a run) -> Worked``."""

"""Our own demos, problems, themes, writers and kinds of chart, registered as a plugin would do it."""

from __future__ import annotations

from workshop.charts.kinds import KINDS as CHARTS
from workshop.registry import Registry

DEMOS = {
    "cleaning": "workshop.demos.cleaning:cleaning",
    "trigram": "workshop.demos.trigram:trigram",
    "duplicates": "workshop.demos.duplicates:duplicates",
    "collapse": "workshop.demos.collapse:collapse",
    "mixture": "workshop.demos.mixture:mixture",
    "forgetting": "workshop.demos.forgetting:forgetting",
    "fine_tuning": "workshop.demos.fine_tuning:fine_tuning",
    "balance": "workshop.demos.balance:balance",
    "over_optimisation": "workshop.demos.over_optimisation:over_optimisation",
    "votes": "workshop.demos.votes:votes",
    "retrieval": "workshop.demos.retrieval:retrieval",
    "release_gate": "workshop.demos.release_gate:release_gate",
    "hallucination": "workshop.demos.hallucination:hallucination",
    "wrappers": "workshop.demos.wrappers:wrappers",
    "calibration": "workshop.demos.calibration:calibration",
    "emergence": "workshop.demos.emergence:emergence",
    "never_zero": "workshop.demos.never_zero:never_zero",
    "saturation": "workshop.demos.saturation:saturation",
    "contamination": "workshop.demos.contamination:contamination",
    "red_team": "workshop.demos.red_team:red_team",
    "rate_limit": "workshop.demos.rate_limit:rate_limit",
    "bias": "workshop.demos.bias:bias",
    "probe": "workshop.demos.probe:probe",
    "agent": "workshop.demos.agent:agent",
    "moderation": "workshop.demos.moderation:moderation",
    "neural": "workshop.demos.neural:neural",
    "scaling": "workshop.demos.scaling:scaling",
    "tokenizer": "workshop.demos.tokenizer:tokenizer",
    "temperature": "workshop.demos.temperature:temperature",
    "raters": "workshop.demos.raters:raters",
    "chunks": "workshop.demos.chunks:chunks",
}

PROBLEMS: dict[str, str] = {
    "next_word": "workshop.problems.pretraining:next_word",
    "dice_sentence": "workshop.problems.pretraining:dice_sentence",
    "blame": "workshop.problems.pretraining:blame",
    "softmax_two": "workshop.problems.language:softmax_two",
    "sharpen": "workshop.problems.language:sharpen",
    "first_merge": "workshop.problems.language:first_merge",
    "exponent": "workshop.problems.language:exponent",
    "next_size": "workshop.problems.language:next_size",
    "shared_words": "workshop.problems.retrieval:shared_words",
    "cosine": "workshop.problems.retrieval:cosine",
    "fuse_rankings": "workshop.problems.retrieval:fuse_rankings",
    "rank_scores": "workshop.problems.retrieval:rank_scores",
    "source_checks": "workshop.problems.retrieval:source_checks",
    "near_duplicates": "workshop.problems.training_data:near_duplicates",
    "mixture_choice": "workshop.problems.training_data:mixture_choice",
    "whispers": "workshop.problems.training_data:whispers",
    "bits_a_token": "workshop.problems.training_data:bits_a_token",
    "scale_steps": "workshop.problems.pretraining:scale_steps",
    "low_rank": "workshop.problems.fine_tuning:low_rank",
    "balance_cost": "workshop.problems.alignment:balance_cost",
    "tune_counts": "workshop.problems.fine_tuning:tune_counts",
    "manner_or_fact": "workshop.problems.fine_tuning:manner_or_fact",
    "read_trade": "workshop.problems.fine_tuning:read_trade",
    "reward_gap": "workshop.problems.alignment:reward_gap",
    "policy_pull": "workshop.problems.alignment:policy_pull",
    "release_board": "workshop.problems.evals:release_board",
    "sign_test": "workshop.problems.evals:sign_test",
    "rule_of_three": "workshop.problems.evals:rule_of_three",
    "faulty_test": "workshop.problems.evals:faulty_test",
    "margin_of_error": "workshop.problems.evals:margin_of_error",
    "alarms": "workshop.problems.deployment:alarms",
    "add_points": "workshop.problems.deployment:add_points",
    "agent_steps": "workshop.problems.deployment:agent_steps",
    "bucket": "workshop.problems.deployment:bucket",
    "filter_price": "workshop.problems.deployment:filter_price",
    "false_shares": "workshop.problems.limits:false_shares",
    "two_scores": "workshop.problems.limits:two_scores",
    "never_zero": "workshop.problems.limits:never_zero",
    "reliability": "workshop.problems.limits:reliability",
    "guess_or_pass": "workshop.problems.limits:guess_or_pass",
}

THEMES = {
    "light": "workshop.themes.beds:light",
    "dark": "workshop.themes.beds:dark",
    "contrast": "workshop.themes.file:contrast_theme",
    "plain": "workshop.themes.file:plain",
}

WRITERS = {
    "deck": "workshop.render.pptx.deck:WRITER",
    "room": "workshop.render.pptx.room:WRITER",
    "sheets": "workshop.render.print.sheets:WRITER",
    "answers": "workshop.render.print.answers:WRITER",
    "facilitator": "workshop.render.print.facilitator:WRITER",
    "ballots": "workshop.render.print.ballots:WRITER",
    "cards": "workshop.render.print.cards:WRITER",
    "quiz": "workshop.render.print.quiz:WRITER",
    "quiz-key": "workshop.render.print.quiz:KEY",
    "handout": "workshop.render.print.handout:WRITER",
    "certificate": "workshop.render.print.certificate:WRITER",
    "feedback": "workshop.render.print.feedback:WRITER",
}


def register(registry: Registry) -> None:
    """Add everything that comes with the package."""
    for kind, names in (
        ("demo", DEMOS),
        ("problem", PROBLEMS),
        ("theme", THEMES),
        ("writer", WRITERS),
        ("chart", CHARTS),
    ):
        for name, target in names.items():
            registry.add(kind, name, target)
    registry.add("kit", "ai-models", "workshop.paths:builtin_kit")

"""The built-in kit "How AI models are made" as a plugin: its folder, demos, problem functions and scales."""

from __future__ import annotations

from pathlib import Path

from workshop.plugins.registry import Registry

PACKAGE = Path(__file__).resolve().parents[1]

# In the order of the stages that use them
DEMOS = {
    "cost": "workshop.ai_models.demos.cost:cost",
    "cleaning": "workshop.ai_models.demos.cleaning:cleaning",
    "duplicates": "workshop.ai_models.demos.duplicates:duplicates",
    "mixture": "workshop.ai_models.demos.mixture:mixture",
    "collapse": "workshop.ai_models.demos.collapse:collapse",
    "trigram": "workshop.ai_models.demos.trigram:trigram",
    "tokenizer": "workshop.ai_models.demos.tokenizer:tokenizer",
    "temperature": "workshop.ai_models.demos.temperature:temperature",
    "neural": "workshop.ai_models.demos.neural:neural",
    "attention": "workshop.ai_models.demos.attention:attention",
    "scaling": "workshop.ai_models.demos.scaling:scaling",
    "fine_tuning": "workshop.ai_models.demos.fine_tuning:fine_tuning",
    "forgetting": "workshop.ai_models.demos.forgetting:forgetting",
    "votes": "workshop.ai_models.demos.votes:votes",
    "raters": "workshop.ai_models.demos.raters:raters",
    "balance": "workshop.ai_models.demos.balance:balance",
    "over_optimisation": "workshop.ai_models.demos.over_optimisation:over_optimisation",
    "release_gate": "workshop.ai_models.demos.release_gate:release_gate",
    "saturation": "workshop.ai_models.demos.saturation:saturation",
    "contamination": "workshop.ai_models.demos.contamination:contamination",
    "red_team": "workshop.ai_models.demos.red_team:red_team",
    "wrappers": "workshop.ai_models.demos.wrappers:wrappers",
    "moderation": "workshop.ai_models.demos.moderation:moderation",
    "agent": "workshop.ai_models.demos.agent:agent",
    "retrieval": "workshop.ai_models.demos.retrieval:retrieval",
    "hallucination": "workshop.ai_models.demos.hallucination:hallucination",
    "calibration": "workshop.ai_models.demos.calibration:calibration",
    "bias": "workshop.ai_models.demos.bias:bias",
    "emergence": "workshop.ai_models.demos.emergence:emergence",
    "probe": "workshop.ai_models.demos.probe:probe",
    "never_zero": "workshop.ai_models.demos.never_zero:never_zero",
}

PROBLEMS: dict[str, str] = {
    "next_word": "workshop.ai_models.problems.pretraining:next_word",
    "train_table": "workshop.ai_models.problems.pretraining:train_table",
    "blame": "workshop.ai_models.problems.pretraining:blame",
    "softmax_two": "workshop.ai_models.problems.pretraining:softmax_two",
    "sharpen": "workshop.ai_models.problems.pretraining:sharpen",
    "exponent": "workshop.ai_models.problems.pretraining:exponent",
    "strip_invented": "workshop.ai_models.problems.strips:strip_invented",
    "strip_page": "workshop.ai_models.problems.strips:strip_page",
    "strip_facts": "workshop.ai_models.problems.strips:strip_facts",
    "be_assistant": "workshop.ai_models.problems.deployment:be_assistant",
    "cosine": "workshop.ai_models.problems.deployment:cosine",
    "fuse_rankings": "workshop.ai_models.problems.deployment:fuse_rankings",
    "rank_scores": "workshop.ai_models.problems.deployment:rank_scores",
    "source_checks": "workshop.ai_models.problems.deployment:source_checks",
    "near_duplicates": "workshop.ai_models.problems.tuning:near_duplicates",
    "bits_a_token": "workshop.ai_models.problems.tuning:bits_a_token",
    "low_rank": "workshop.ai_models.problems.tuning:low_rank",
    "tune_counts": "workshop.ai_models.problems.tuning:tune_counts",
    "style_or_fact": "workshop.ai_models.problems.tuning:style_or_fact",
    "read_trade": "workshop.ai_models.problems.tuning:read_trade",
    "reward_gap": "workshop.ai_models.problems.tuning:reward_gap",
    "policy_pull": "workshop.ai_models.problems.tuning:policy_pull",
    "release_board": "workshop.ai_models.problems.evals:release_board",
    "sign_test": "workshop.ai_models.problems.evals:sign_test",
    "rule_of_three": "workshop.ai_models.problems.evals:rule_of_three",
    "faulty_test": "workshop.ai_models.problems.evals:faulty_test",
    "margin_of_error": "workshop.ai_models.problems.evals:margin_of_error",
    "alarms": "workshop.ai_models.problems.deployment:alarms",
    "add_points": "workshop.ai_models.problems.deployment:add_points",
    "agent_steps": "workshop.ai_models.problems.deployment:agent_steps",
    "filter_price": "workshop.ai_models.problems.deployment:filter_price",
    "false_shares": "workshop.ai_models.problems.evals:false_shares",
    "never_zero": "workshop.ai_models.problems.evals:never_zero",
    "reliability": "workshop.ai_models.problems.evals:reliability",
    "guess_or_pass": "workshop.ai_models.problems.evals:guess_or_pass",
}


SCALES = {
    "ruler": "workshop.ai_models.parts.scales:ruler",
    "lookup": "workshop.ai_models.parts.scales:lookup",
}


def kit_folder() -> Path:
    """Return the folder of the kit's words and data, which is beside the package in a checkout and inside it when installed."""
    checkout = PACKAGE.parent / "slides_src"
    return checkout if (checkout / "kit.yaml").is_file() else PACKAGE / "_kit" / "slides_src"


def register(registry: Registry) -> None:
    """Add the kit, its demos, its problems and the scales on its sheets."""
    for kind, names in (("demo", DEMOS), ("problem", PROBLEMS), ("scale", SCALES)):
        for name, target in names.items():
            registry.add(kind, name, target)
    registry.add("kit", "ai-models", "workshop.ai_models.register:kit_folder")
    registry.add("world", "ai-models", "workshop.ai_models.parts.roles:said")
    registry.add("world_check", "ai-models", "workshop.ai_models.parts.world_check:checked")
    registry.add("world_questions", "ai-models", "workshop.ai_models.parts.drafted_questions:drafted_questions")

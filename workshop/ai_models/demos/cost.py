"""What a month of answers costs, with made-up prices: the model's bill, and the time of the people who check."""

from __future__ import annotations

from workshop.ai_models.toys.cost import checking_bill, model_bill
from workshop.model.exhibits import Column, Findings, Honesty, Knob, Table, demo


@demo(
    "cost",
    title="What does a month of answers cost?",
    toy_of="the bill for an assistant in use",
    claims={"Checking costs more than the model": "checking > model"},
    knobs={
        "answers": Knob(1_000, 1_000_000, "answers a month"),
        "share": Knob(0.0, 1.0, "share that a person checks"),
        "minutes": Knob(1, 60, "minutes for each check"),
    },
)
def cost(*, answers: int = 30_000, share: float = 0.1, minutes: int = 2) -> Findings:
    """Compute both bills for 2,000 tokens an answer, 5 per million tokens and 40 an hour; all prices are made up.

    Facts:
        answers, tokens (count): answers a month, and tokens of each
        price, wage (count): per million tokens, and per hour
        share (percent): share of the answers that a person checks
        minutes (count): for each check
        model, checking (count): the two bills for a month
    """
    tokens, price, wage = 2_000, 5, 40
    model, checking = model_bill(answers, tokens, price), checking_bill(answers, share, minutes, wage)
    table = Table(
        "A month of answers",
        (Column("What"), Column("Cost", "count")),
        (("Model", round(model)), ("Checking", round(checking))),
        finding=f"The model costs {model:,.0f} a month, checking {checking:,.0f}.",
        measure="Cost of a month, at made-up prices",
        basis="made-up prices",
        honesty=Honesty.ILLUSTRATIVE,
    )
    known = {"answers": answers, "tokens": tokens, "price": price, "wage": wage, "share": share, "minutes": minutes}
    return Findings({**known, "model": round(model), "checking": round(checking)}, {"bills": table})

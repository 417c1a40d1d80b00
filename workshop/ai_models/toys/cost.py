"""Multiply out what a month of answers costs: the model's bill, and the time of the people who check.

It shows that checking can cost more than the model. It leaves out everything that a project costs before its first answer, and
failures that nobody checks. Source: arithmetic; the prices are made up.

    >>> model_bill(30_000, 2_000, 5), checking_bill(30_000, 0.1, 2, 40)
    (300.0, 4000.0)
"""

MILLION, HOUR = 1_000_000, 60


def model_bill(answers: int, tokens: int, price: float) -> float:
    """Return what a model takes for a month of answers, at a price per million tokens."""
    return answers * tokens / MILLION * price


def checking_bill(answers: int, share: float, minutes: float, wage: float) -> float:
    """Return what people cost who check a share of the answers, at a wage per hour."""
    return answers * share * minutes / HOUR * wage

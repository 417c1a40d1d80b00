"""A numeric axis: its limits and ticks, and the place of a value on it."""

from __future__ import annotations

import math
from collections.abc import Iterable

from msgspec import Struct

from workshop.errors import Problem, WorkshopError
from workshop.wording import formats


class Axis(Struct, frozen=True):
    """A value axis.

    Attributes:
        ticks: each value with its text, in order, within the limits.
        visible: whether ticks and gridlines are drawn. Bars with value labels need none; a forest plot draws its ticks
            itself.
        log: whether the scale is logarithmic.
        title: printed horizontally, never rotated; "" for none.
        base: base of the logarithm if ``log`` is set; each tick is then ``step`` times the one before.
        format: spreadsheet number format that prints the same texts as the ticks.
    """

    minimum: float
    maximum: float
    step: float
    ticks: tuple[tuple[float, str], ...]
    visible: bool = True
    log: bool = False
    title: str = ""
    base: int = 10
    format: str = "General"

    def share(self, value: float) -> float:
        """Return the place of a value, 0 at the minimum and 1 at the maximum."""
        if self.log:
            return math.log(value / self.minimum) / math.log(self.maximum / self.minimum)
        return (value - self.minimum) / (self.maximum - self.minimum)

    def at(self, share: float) -> float:
        """Return the value at a share of the axis."""
        if self.log:
            return float(self.minimum * (self.maximum / self.minimum) ** share)
        return self.minimum + share * (self.maximum - self.minimum)


FEWEST, MOST = 4, 6
_NICE = (1.0, 2.0, 5.0, 2.5)
_SLACK = 1e-9
_DIGITS_OF_A_STEP = 9
_LEAST_SPAN = 1e-300  # below it, steps would be rounded to zero
_LEAST_SHARE = 1e-8  # of the values themselves: they have nine digits, so smaller differences are rounding errors
_SHARES = frozenset({"ratio", "percent"})
_TWO, _THREE, _TEN = 2, 3, 10
_THOUSAND_PERCENT = 10.0


class Wish(Struct, frozen=True, kw_only=True):
    """Requirements for an axis.

    Attributes:
        minimum, maximum: limits that must hold, or ``None``.
        zero: whether it must include zero (as for bars).
        most: most ticks; fewer than 4 only if their texts need the room.
    """

    unit: str
    minimum: float | None = None
    maximum: float | None = None
    zero: bool = False
    log: bool = False
    title: str = ""
    most: int = MOST


def axis(values: Iterable[float], wish: Wish) -> Axis:
    """Return an axis that includes all ``values``, with 4 to 6 ticks if the limits leave a choice.

    Raises:
        WorkshopError: for limits in the wrong order, and for values of zero or less on a logarithmic axis.
    """
    known = [v for v in values if wish.minimum is None or v >= wish.minimum]
    known = [v for v in known if wish.maximum is None or v <= wish.maximum]
    if wish.minimum is not None and wish.maximum is not None and wish.minimum >= wish.maximum:
        raise WorkshopError(
            Problem(
                f"y_min {wish.minimum:g} is not below y_max {wish.maximum:g}", hint="swap or drop them", code="chart"
            )
        )
    return _log_axis(known, wish) if wish.log else _linear_axis(known, wish)


def _linear_axis(values: list[float], wish: Wish) -> Axis:
    low, high = _span(values, wish)
    choices = [_limits(low, high, step, wish) for step in _steps(high - low, wish)]
    minimum, maximum, step = min(choices, key=lambda choice: _cost(choice, high - low, wish.most))
    decimals = decimals_for(step, minimum)
    ticks = tuple((t, tick_text(t, wish.unit, decimals)) for t in _places(minimum, maximum, step))
    code = tick_format(wish.unit, decimals, max(abs(minimum), abs(maximum)))
    return Axis(minimum, maximum, step, ticks, title=wish.title, format=code)


def _span(values: list[float], wish: Wish) -> tuple[float, float]:
    """Return the range to show, before rounding outwards."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    if wish.zero:
        low, high = min(low, 0.0), max(high, 0.0)
    low = low if wish.minimum is None else wish.minimum
    high = high if wish.maximum is None else wish.maximum
    if wish.minimum is None and abs(low) <= _SLACK / 2 * (high - low):
        low = 0.0  # a rounding error below zero doesn't need a step
    if high - low < max(_LEAST_SPAN, _LEAST_SHARE * max(abs(low), abs(high))):
        pad = abs(high) / 2 or 1.0
        low = low if wish.minimum is not None or (wish.zero and low == 0) else low - pad
        high = high if wish.maximum is not None else low + 2 * pad
    return low, high


def _steps(span: float, wish: Wish) -> list[float]:
    power = math.floor(math.log10(span))
    steps = [nice * 10.0**p for p in range(power - 2, power + 1) for nice in _NICE]
    whole = [s for s in steps if s >= 1 and s == int(s)] or [1.0] if wish.unit == "count" else steps
    return [s for s in whole if span / s < 50] or [max(whole)]


def _limits(low: float, high: float, step: float, wish: Wish) -> tuple[float, float, float]:
    """Return the limits for a step: the lower one on a tick, the upper one on a tick or half-way to the next."""
    minimum = wish.minimum if wish.minimum is not None else math.floor(low / step + _SLACK) * step
    maximum = wish.maximum if wish.maximum is not None else minimum + _half_steps(high - minimum, step)
    if wish.unit in _SHARES and wish.maximum is None and high <= 1 < maximum:
        maximum = 1.0
    return _on_grid(minimum, step), _on_grid(maximum, step), _clean(step)


def _half_steps(length: float, step: float) -> float:
    halves = math.ceil(2 * length / step - _SLACK)
    over = halves % 2 == 1 and length > (halves - 0.2) * step / 2
    return (halves + over) * step / 2


def _cost(choice: tuple[float, float, float], span: float, most: int) -> tuple[float, float]:
    minimum, maximum, step = choice
    count = len(_places(minimum, maximum, step))
    outside = max(min(FEWEST, most) - count, 2 * (count - most), 0)
    mantissa = step / 10.0 ** math.floor(math.log10(step) + _SLACK)
    rank = min(range(len(_NICE)), key=lambda k: abs(_NICE[k] - mantissa))
    return outside, (maximum - minimum) / span + (0, 0, 0.02, 0.15)[rank]


def _places(minimum: float, maximum: float, step: float) -> list[float]:
    count = math.floor((maximum - minimum) / step + 1e-6)
    return [_on_grid(min(minimum + k * step, maximum), step) for k in range(count + 1)]


def _on_grid(value: float, step: float) -> float:
    """Return a value without the rounding error of sums of steps: -0.15 + 3 * 0.05 is zero."""
    return round(value, _DIGITS_OF_A_STEP - math.floor(math.log10(step))) + 0.0


def _clean(value: float) -> float:
    return float(f"{value:.12g}") + 0.0


def decimals_for(step: float, start: float) -> int:
    """Return the number of decimals that distinguishes all ticks and prints them exactly."""
    return next((d for d in range(10) if all(_exact(v, d) for v in (step, start))), 10)


def _exact(value: float, decimals: int) -> bool:
    return abs(round(value, decimals) - value) <= 1e-9 * max(1.0, abs(value)) and (
        value == 0 or round(value, decimals) != 0
    )


def tick_text(value: float, unit: str, decimals: int) -> str:
    """Return a tick's text with just the decimals that it needs; zero is "0".

    >>> tick_text(0, "ratio", 1), tick_text(0.2, "ratio", 1), tick_text(0.25, "percent", 2), tick_text(4, "bits", 0)
    ('0', '0.2', '25%', '4')
    """
    if value == 0:
        return "0%" if unit == "percent" else "0"
    if unit == "percent":
        return formats.percent(value, max(decimals - 2, 0))
    if unit == "points":
        return formats.points(value, max(decimals - 2, 0))
    return formats.number(value, decimals)


def tick_format(unit: str, decimals: int, largest: float = 1.0) -> str:
    """Return the spreadsheet number format that prints the same as ``tick_text``, up to a ``largest`` value.

    Percentage points are 100 times as large in the cells of a chart as in its data.
    """
    if unit == "percent":
        whole = "0" if largest < _THOUSAND_PERCENT else "#,##0"
        body = whole + ("." + "0" * (decimals - 2) if decimals > 2 else "") + "%"
        return f"{body};{formats.MINUS}{body};0%"
    if unit == "points":
        body = "#,##0" + ("." + "0" * (decimals - 2) if decimals > 2 else "")
        return f"+{body};{formats.MINUS}{body};0"
    body = "#,##0" if decimals == 0 else "#,##0." + "0" * decimals
    return f"{body};{formats.MINUS}{body};0"


def _base(low: float, high: float, most: int) -> int:
    """Return the base of an axis: 2 or 3 if that takes few enough ticks, else 10."""
    if low >= 1 and math.log2(high / low) <= most - 1:
        return _TWO
    return _THREE if 1 <= low < _THREE and math.log(high, _THREE) <= most - 1 else _TEN


def _log_axis(values: list[float], wish: Wish) -> Axis:
    if any(v <= 0 for v in values) or (wish.minimum is not None and wish.minimum <= 0):
        raise WorkshopError(
            Problem(
                "a logarithmic axis cannot show zero or less",
                hint="leave these points out, or drop x_log and y_log",
                code="chart",
            )
        )
    low = wish.minimum or min(values, default=1.0)
    high = max(wish.maximum or max(values, default=10.0), low)
    base = _base(low, high, wish.most)
    first = math.floor(math.log(low, base) + _SLACK)
    last = max(math.ceil(math.log(high, base) - _SLACK), first + 1)
    every = next(k for k in range(1, last - first + 1) if (last - first) // k < wish.most)
    powers = [_clean(float(base) ** k) for k in range(first, last + 1, every)]
    ticks = tuple(
        (p, formats.number(p, max(0, -math.floor(math.log10(p) + _SLACK)) if base >= _TEN else None)) for p in powers
    )
    code = "[<1]0.##########;#,##0"
    top = _clean(float(base) ** last)
    return Axis(powers[0], top, float(base**every), ticks, log=True, title=wish.title, base=base, format=code)

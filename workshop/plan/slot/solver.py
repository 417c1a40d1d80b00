"""A mixed-integer model, which HiGHS solves."""

from __future__ import annotations

import math
from collections.abc import Mapping

from msgspec import Struct, field


# A mixed-integer model, built row by row and solved by HiGHS.
class Model(Struct):
    """Variables from 0 to a bound, and rows that keep weighted sums of them between two limits."""

    uppers: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[Mapping[int, float], float, float]] = field(default_factory=list)

    def variable(self, upper: float = 1.0, *, whole: bool = True) -> int:
        """Add a variable from 0 to ``upper`` and return its number."""
        self.uppers.append(upper)
        self.whole.append(whole)
        return len(self.uppers) - 1

    def row(self, terms: Mapping[int, float], low: float = -math.inf, high: float = math.inf) -> None:
        """Keep the sum of ``terms`` (variable -> factor) between ``low`` and ``high``."""
        self.rows.append((terms, low, high))

    def maximise(self, gains: Mapping[int, float]) -> list[float] | None:
        """Return the values of the variables that maximize the sum of ``gains``, or ``None`` if no values satisfy every row.

        One thread and a fixed seed: the same model has the same solution everywhere.
        """
        import highspy
        import numpy as np

        count, infinity = len(self.uppers), highspy.kHighsInf
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = count, len(self.rows)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_ = np.array([gains.get(k, 0.0) for k in range(count)])
        lp.col_lower_ = np.zeros(count)
        lp.col_upper_ = np.array(self.uppers)
        lp.integrality_ = [highspy.HighsVarType.kInteger if w else highspy.HighsVarType.kContinuous for w in self.whole]
        lp.row_lower_ = np.array([-infinity if low == -math.inf else low for _, low, _ in self.rows])
        lp.row_upper_ = np.array([infinity if high == math.inf else high for _, _, high in self.rows])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(terms) for terms, _, _ in self.rows)])
        lp.a_matrix_.index_ = np.array([k for terms, _, _ in self.rows for k in terms], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([factor for terms, _, _ in self.rows for factor in terms.values()])
        # the class behind Highs, which doesn't print a banner when it is created
        solver = highspy._Highs()  # type: ignore[attr-defined]  # noqa: SLF001 - see the line above
        for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0), ("mip_rel_gap", 0.0)):
            solver.setOptionValue(option, value)
        solver.passModel(lp)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return list(solver.getSolution().col_value)

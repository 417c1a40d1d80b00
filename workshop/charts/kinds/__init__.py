"""The kinds of chart that come with the package, one line each.

The module named there holds all that its kind needs but the native plot, which has a module of its own beside the writer of decks.
"""

KINDS = {
    "line": "workshop.charts.kinds.line:LINE",
    "column": "workshop.charts.kinds.bars:COLUMN",
    "bar": "workshop.charts.kinds.bars:BAR",
    "waterfall": "workshop.charts.kinds.waterfall:WATERFALL",
    "forest": "workshop.charts.kinds.forest:FOREST",
    "scatter": "workshop.charts.kinds.scatter:SCATTER",
}

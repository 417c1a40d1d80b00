"""The kinds of chart that come with the package, in one line each.

The module that a line names has everything about its kind except the native plot, which has a module beside the deck writer.
"""

KINDS = {
    "line": "workshop.charts.kinds.line:LINE",
    "column": "workshop.charts.kinds.bars:COLUMN",
    "bar": "workshop.charts.kinds.bars:BAR",
    "dots": "workshop.charts.kinds.dots:DOTS",
    "stacked": "workshop.charts.kinds.stacked:STACKED",
    "waterfall": "workshop.charts.kinds.waterfall:WATERFALL",
    "forest": "workshop.charts.kinds.forest:FOREST",
    "squares": "workshop.charts.kinds.squares:SQUARES",
    "scatter": "workshop.charts.kinds.scatter:SCATTER",
}

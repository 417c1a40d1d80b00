"""The companion page, ``explore.html``, and ``workshop explore``."""

from workshop.plugins.addons import AddOn

ADDON = AddOn(
    commands={"explore": "workshop.addons.explore.explore_command:explore_command"},
    options="workshop.addons.explore.options:OPTIONS",
    writers={"explore": "workshop.addons.explore.companion:WRITER"},
    step="workshop.addons.explore.build_step:STEP",
    paper="workshop.addons.explore.guide_lines:PAPER",
    limits="workshop.addons.explore.explore_command",
)

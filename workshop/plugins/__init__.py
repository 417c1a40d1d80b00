"""Names bound to demos, problems, kits, themes, writers, kinds of chart, extras of slides and scales, both ours and those of plugins."""

"""Names bound to demos, problems, kits, themes, writers, kinds of chart and scales, both ours and those of plugins."""

"""Names bound to demos, problems, kits, themes, writers, kinds of chart, extras and layouts of slides, scales, both ours and those of plugins."""

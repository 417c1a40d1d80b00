"""The companion page: every demo that can be poked, in one file that opens by a double click and needs no network."""

"""Tables of many kits at their limits: see ``tests/limits/cases.py``."""

from tests.hostile.kits import files

BATCH = ("batch", "--out", "out")
# fmt: off
ROWS = (
    ("ROWS", "long", "4,990 rows of a batch, each wrong in five ways", files(lambda: {"rows.csv": "minutes,seed,theme,only,people\n" + "a,b,c,d,e\n" * 4_990}, (*BATCH, "rows.csv")), "isn't a number of minutes"),
    ("ROWS_BYTES", "wide", "a batch of 10 MB", files(lambda: {"rows.csv": "minutes,footer\n" + f"a,{'x' * 1_990}\n" * 4_990}, (*BATCH, "rows.csv")), "isn't a number of minutes"),
    ("ROWS_BYTES", "many", "a batch of 100,000 columns", files(lambda: {"rows.csv": ",".join(f"c{k}" for k in range(100_000)) + "\n" + "1," * 99_999 + "1\n"}, (*BATCH, "rows.csv")), "no option of build is named"),
    ("ROWS_BYTES", "deep", "JSON lines of 100,000 keys", files(lambda: {"rows.jsonl": ("{" + ", ".join(f'"c{k}": 1' for k in range(100_000)) + "}\n") * 5}, (*BATCH, "rows.jsonl")), "no option of build is named"),
)

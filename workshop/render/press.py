"""Setting pages or drawing pictures with Typst; run as a script, so that its memory is freed when the process ends.

The script reads one JSON object from standard input and imports nothing of ours, since it must start quickly.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

SET, MARKS, REFUSED = "set", "marks.json", "refused.json"
SETTLED, LENGTHS = "settled", "lengths"


def press(order: Mapping[str, Any]) -> None:
    """Write Typst's output for a template, or its errors, into the only folder that it can see.

    Args:
        order: ``root``: the folder; ``template``: a name in it, without its suffix; ``fonts``: folders of fonts, the
        only ones that are used; ``labels``: metadata labels to read back; ``ppi``: 0 for PDF/UA-1, otherwise each page
        becomes a PNG with so many pixels per inch. Under ``SETTLED``, the marks say whether the layout converged;
        under ``LENGTHS`` they have the number of bytes of each PNG, since one file holds them all.
    """
    import typst

    root = Path(order["root"])
    compiler = typst.Compiler(
        str(root / f"{order['template']}.typ"), root=str(root), font_paths=order["fonts"], ignore_system_fonts=True
    )
    try:
        if order["ppi"]:
            _draw(root, compiler.compile(format="png", ppi=order["ppi"]))
            return
        pdf, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"], timestamp=0)
        marks = {label: json.loads(compiler.query(f"<{label}>", field="value")) for label in order["labels"]}
    except typst.TypstError as error:
        refusal = {"message": str(getattr(error, "message", error)), "hints": list(getattr(error, "hints", None) or ())}
        (root / REFUSED).write_text(json.dumps(refusal), "utf-8")
        return
    marks[SETTLED] = [not any("converge" in warning.message for warning in warnings)]
    if isinstance(pdf, bytes):
        (root / SET).write_bytes(pdf)
    (root / MARKS).write_text(json.dumps(marks), "utf-8")


def _draw(root: Path, drawn: bytes | list[bytes] | None) -> None:
    pages = [drawn] if isinstance(drawn, bytes) else drawn or []
    (root / SET).write_bytes(b"".join(pages))
    (root / MARKS).write_text(json.dumps({LENGTHS: [len(page) for page in pages]}), "utf-8")


def main() -> None:
    """Carry out the order on standard input, with the caller's search path and within its limit."""
    order = json.load(sys.stdin)
    sys.path[:] = order["path"]
    with suppress(ImportError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (order["memory"],) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    press(order)


if __name__ == "__main__":
    main()

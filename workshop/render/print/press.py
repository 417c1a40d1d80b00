"""Set one document with Typst; as a script, in a process whose memory goes back to the system when it ends.

The script reads one JSON object from standard input and imports nothing of ours: it has to start quickly.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

PDF, MARKS, REFUSED = "set.pdf", "marks.json", "refused.json"
SETTLED = "settled"


def press(root: Path, template: str, fonts: Sequence[str], labels: Sequence[str]) -> None:
    """Set ``<template>.typ`` as PDF/UA-1 and leave the document and its marks, or Typst's refusal, in ``root``.

    Args:
        root: the only folder that Typst sees.
        template: name of the template, without its suffix.
        fonts: folders of fonts.
        labels: metadata labels to read back; under ``SETTLED`` the marks say whether the layout came to rest.
    """
    import typst

    compiler = typst.Compiler(
        str(root / f"{template}.typ"), root=str(root), font_paths=list(fonts), ignore_system_fonts=True
    )
    try:
        pdf, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"], timestamp=0)
        marks = {label: json.loads(compiler.query(f"<{label}>", field="value")) for label in labels}
    except typst.TypstError as error:
        refusal = {"message": str(getattr(error, "message", error)), "hints": list(getattr(error, "hints", None) or ())}
        (root / REFUSED).write_text(json.dumps(refusal), "utf-8")
        return
    marks[SETTLED] = [not any("converge" in warning.message for warning in warnings)]
    if isinstance(pdf, bytes):
        (root / PDF).write_bytes(pdf)
    (root / MARKS).write_text(json.dumps(marks), "utf-8")


def main() -> None:
    """Set what standard input asks for, with the caller's search path."""
    order = json.load(sys.stdin)
    sys.path[:] = order["path"]
    press(Path(order["root"]), order["template"], order["fonts"], order["labels"])


if __name__ == "__main__":
    main()

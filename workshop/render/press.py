"""Setting pages or drawing pictures with Typst; run as a script, so that its memory is freed when the process ends.

The script reads one JSON object from standard input and imports nothing of ours, since it must start quickly.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

DATA, SET, MARKS, REFUSED = "data.json", "set", "marks.json", "refused.json"
STEPS, LENGTHS = "steps", "lengths"


def press(order: Mapping[str, Any]) -> None:
    """Write Typst's output for a template, or its errors, into the only folder that it can see.

    Args:
        order: ``root``: the folder; ``template``: a name in it, without its suffix; ``fonts``: folders of fonts, the
        only ones that are used; ``labels``: metadata labels to read back; ``ppi``: 0 for PDF/UA-1, otherwise each page
        becomes a PNG with so many pixels per inch. Under ``LENGTHS``, the marks have the number of bytes of each PNG,
        since one file holds them all; ``parts``: "", or the list in the data whose entries the template sets closer until
        they fit, each from its "step" on. Typst repeats a layout up to five times; if that isn't enough, the document is
        set again, from the steps that the template puts under ``STEPS``.
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
    converged = not any("converge" in warning.message for warning in warnings)
    if order["parts"] and not converged and _goes_on(root / DATA, order["parts"], marks[STEPS][0]):
        press(order)
        return
    if isinstance(pdf, bytes):
        (root / SET).write_bytes(pdf)
    (root / MARKS).write_text(json.dumps(marks), "utf-8")


def _goes_on(path: Path, parts: str, reached: Sequence[int]) -> bool:
    """Write the steps that a document has reached into its data; return whether any of them is new."""
    data = json.loads(path.read_text("utf-8"))
    if reached == [part["step"] for part in data[parts]]:
        return False
    for part, step in zip(data[parts], reached, strict=True):
        part["step"] = step
    path.write_text(json.dumps(data), "utf-8")
    return True


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

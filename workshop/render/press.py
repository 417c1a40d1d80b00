"""Setting pages or drawing pictures with Typst; run as a script, so that its memory is freed when the process ends.

The script reads one JSON object from standard input and imports nothing of ours, and hardly anything else, since it must start
quickly.
"""

from __future__ import annotations

import json
import sys

TYPE_CHECKING = False  # as in ``typing``
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
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

    root = order["root"]
    compiler = typst.Compiler(
        f"{root}/{order['template']}.typ", root=root, font_paths=order["fonts"], ignore_system_fonts=True
    )
    try:
        if order["ppi"]:
            _draw(root, compiler.compile(format="png", ppi=order["ppi"]))
            return
        pdf, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"], timestamp=0)
        marks = {label: json.loads(compiler.query(f"<{label}>", field="value")) for label in order["labels"]}
    except typst.TypstError as error:
        refusal = {"message": str(getattr(error, "message", error)), "hints": list(getattr(error, "hints", None) or ())}
        _write(root, REFUSED, refusal)
        return
    converged = not any("converge" in warning.message for warning in warnings)
    if order["parts"] and not converged and _goes_on(root, order["parts"], marks[STEPS][0]):
        press(order)
        return
    if isinstance(pdf, bytes):
        _write(root, SET, pdf)
    _write(root, MARKS, marks)


def _goes_on(root: str, parts: str, reached: Sequence[int]) -> bool:
    """Write the steps that a document has reached into its data; return whether any of them is new."""
    with open(f"{root}/{DATA}", "rb") as file:  # noqa: PTH123 - as in ``_write``
        data = json.load(file)
    if reached == [part["step"] for part in data[parts]]:
        return False
    for part, step in zip(data[parts], reached, strict=True):
        part["step"] = step
    _write(root, DATA, data)
    return True


def _draw(root: str, drawn: bytes | list[bytes] | None) -> None:
    pages = [drawn] if isinstance(drawn, bytes) else drawn or []
    _write(root, SET, b"".join(pages))
    _write(root, MARKS, {LENGTHS: [len(page) for page in pages]})


def _write(root: str, name: str, content: bytes | dict[str, Any]) -> None:
    with open(f"{root}/{name}", "wb") as file:  # noqa: PTH123 - importing pathlib would take a fifth of the start
        file.write(content if isinstance(content, bytes) else json.dumps(content).encode())


def main() -> None:
    """Carry out the order on standard input, with the caller's search path and within its limit."""
    order = json.load(sys.stdin)
    sys.path[:] = order["path"]
    try:
        import resource
    except ImportError:  # Windows has no such limits
        pass
    else:
        resource.setrlimit(resource.RLIMIT_DATA, (order["memory"],) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    press(order)


if __name__ == "__main__":
    main()

"""Citations set by Typst, in a process that has no more time and memory than a stranger's file may take."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from workshop import limits
from workshop.inputs.apart import ApartError, apart

TEMPLATE = Path(__file__).with_suffix(".typ")


def cited(data: Any) -> str:
    """Return HTML with a ``div`` for each group of citations, the list of works, and the footnotes of styles that have them.

    Args:
        data: ``groups``: items with ``work``, ``form`` and ``locator``; ``works``: BibLaTeX; ``style``: a name that Typst knows,
            or ``csl``: the text of a style; ``lang`` and ``region``.

    Raises:
        ApartError: with what Typst says, or "" if it took too long or too much memory.
    """
    content = json.dumps(data).encode()
    seconds, memory = limits.CITING_SECONDS, limits.CITING_MEMORY
    made = apart("workshop.inputs.citations:typeset", content, seconds=seconds, memory=memory).decode()
    if len(made) > limits.CITING_LETTERS:
        raise ApartError(f"its list of works has {len(made):,} characters; the limit is {limits.CITING_LETTERS}")
    return made


def typeset(content: bytes) -> bytes:
    """Return the HTML for data in JSON."""
    import typst

    data = {"data": content.decode()}
    compiler = typst.Compiler(TEMPLATE.read_bytes(), ignore_system_fonts=True, sys_inputs=data)
    try:
        made, _ = compiler.compile_with_warnings(format="html")
    except typst.TypstError as error:
        raise ApartError(str(error.message)) from None
    assert isinstance(made, bytes)
    return made

"""What a test process makes once, although the tests ask for it again and again: it depends on nothing but what is given."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

from openxml_audit.schema.validator import SchemaValidator

from workshop.ai_models.register import kit_folder
from workshop.content import dialect
from workshop.content import kit_folder as kit
from workshop.content.source_text import display
from workshop.errors import Report
from workshop.layout import measure
from workshop.model.source import Content
from workshop.runs import cache, runner

MOST = 4000  # texts and modules: several times as many as the built-in kit has

_results: OrderedDict[Hashable, Any] = OrderedDict()
_sound: set[Hashable] = set()
_validated = SchemaValidator.validate_part
_load_kit = kit.load_kit
_run_all = runner._run_all


def result(key: Hashable, make: Callable[[], Any]) -> Any:
    """Return what a step made before from the same text, as it is kept from one build of a preview to the next."""
    if key in _results:
        _results.move_to_end(key)
        return _results[key]
    made = _results[key] = make()
    if len(_results) > MOST:
        _results.popitem(last=False)
    return made


def read_kit(root: Path, report: Report, *given: Any) -> Content | None:
    """Read a kit; the built-in one without overlays, in its own world, is read once, since nobody changes it while tests run."""
    if root != kit_folder() or any(given[:3]):  # overlays, variables and a world; a cache changes nothing
        return _load_kit(root, report, *given)

    def read() -> tuple[Content | None, Report]:
        own = Report()
        return _load_kit(root, own), own

    content, told = result(("kit", display(root)), read)  # places in files are told from the working folder
    report.extend(told.found)
    report.spent.update(told.spent)
    return content


def validated(validator: SchemaValidator, part: Any, context: Any) -> Any:
    """Validate a part of a package against the schema, unless the same bytes had no error before: most decks have the same hundred layouts."""
    key = (context.file_format, context.strict, sha256(part.raw_content or b"").digest())
    if key in _sound:
        return context.errors
    before = len(context.errors)
    errors = _validated(validator, part, context)
    if len(errors) == before:
        _sound.add(key)
    return errors


def run_here(jobs: list[Any], processes: int | None) -> Any:
    """Run demos in this process unless a test asks for more: others would import everything first, and the processors have work enough."""
    return _run_all(jobs, processes or 1)


@contextmanager
def remembering() -> Iterator[None]:
    """Remember the built-in kit, parsed Markdown, widths of letters, the imports of demos and valid parts; a build in another process makes its own."""
    with ExitStack() as patches:
        patches.enter_context(patch.object(kit, "load_kit", read_kit))
        patches.enter_context(patch.object(SchemaValidator, "validate_part", validated))
        patches.enter_context(patch.object(runner, "_run_all", run_here))
        for module in (dialect, cache, measure):
            patches.enter_context(patch.object(module, "kept", result))
        yield

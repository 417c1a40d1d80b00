import subprocess
import sys

from msgspec.structs import replace

from tests.render.print import kits
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.render.writing import render

LAZY = """
import sys
from workshop.plugins.registry import standard_registry
registry = standard_registry()
for name in registry.names("writer"):
    registry.get("writer", name)
print([name for name in sys.modules if name.split(".")[0] == "docx"])
"""


def test_a_build_without_twins_imports_nothing_of_theirs():
    done = subprocess.run([sys.executable, "-c", LAZY], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_editable_adds_the_twin_of_each_requested_file(kept):
    laid = replace(kits.laid(kits.kit(titles=kits.TITLES[:1])), kept=kept)
    request = Request(only=("answers",), extra={"docx": {"editable": True}}, cache=kept)
    assert sorted(render(laid, request, standard_registry())) == ["answers.docx", "answers.pdf"]


def test_the_key_of_the_quiz_comes_with_it(laid):
    files = render(laid, Request(only=("quiz-docx",), cache=laid.kept), standard_registry())
    assert sorted(files) == ["quiz-key.docx", "quiz.docx"]

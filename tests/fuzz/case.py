"""A case of the fuzzer: files and the command that reads them, kept as JSON."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True, kw_only=True)
class Case:
    """Files from strangers and the command that is typed.

    Attributes:
        files: path -> content.
        arguments: of the command line, but ``--out``.
    """

    files: Mapping[str, bytes]
    arguments: tuple[str, ...]

    def write(self, folder: Path) -> None:
        """Write the files below a folder."""
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def as_json(self, **more: object) -> str:
        """Return the case as text; anything that isn't UTF-8 is in base 64."""
        texts: dict[str, str] = {}
        for name, content in self.files.items():
            try:
                texts[name] = content.decode()
            except UnicodeDecodeError:
                texts[f"{name}:base64"] = base64.b64encode(content).decode()
        return json.dumps({**more, "arguments": self.arguments, "files": texts}, indent=1, ensure_ascii=True) + "\n"

    @classmethod
    def load(cls, path: Path) -> "Case":
        """Return a saved case."""
        kept = json.loads(path.read_text("utf-8"))
        files = {}
        for name, text in kept["files"].items():
            packed = name.endswith(":base64")
            files[name.removesuffix(":base64")] = base64.b64decode(text) if packed else text.encode()
        return cls(files=files, arguments=tuple(kept["arguments"]))

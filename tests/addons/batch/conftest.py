import pytest

from tests.cli.conftest import run, typed

__all__ = ["run", "typed"]
TALK = """# What {{{{ var.client }}}} learnt

- Point {number}
- Another one

# A table

| a | b |
|---|---|
| 1 | 2 |
"""


@pytest.fixture
def table(tmp_path):
    """Write some talks and a table with a row for each; return the table."""

    def write(rows, columns="kit,out,var.client", row="talk{n}.md,team{n},Team {n}"):
        for number in range(1, rows + 1):
            (tmp_path / f"talk{number}.md").write_text(TALK.format(number=number))
        path = tmp_path / "rows.csv"
        path.write_text("\n".join((columns, *(row.format(n=number) for number in range(1, rows + 1)))) + "\n")
        return path

    return write


@pytest.fixture
def files():
    """Return name -> bytes of all files of a batch, without its report and records."""

    def read(folder):
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.parent != folder / ".workshop-batch" and path.name != "report.csv"
        }

    return read

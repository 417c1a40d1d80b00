"""Does small damage to files, as an editor, a bad copy or a stranger might."""

from collections.abc import Mapping
from random import Random

PIECES = (
    b"{", b"}", b"[", b"]", b"(", b")", b"|", b":::", b"---", b"```", b"{{", b"}}", b"#", b"## ", b"- ", b"> ", b"\t", b"\r", b"\0", b"\xff\xfe",
    b"\xc3", b"\xe2\x80\xa8", b"\x0b", b"\x1b[31m", b'"', b"'", b"=", b"%", b"&", b"*", b"!", b"-1", b"9" * 30, b"1e999", b"nan", b"null", b"true",
    b"{.x}", b"{#x}", b"<!--", b"$", b"@", b"~", b"\\", b"  ", b"\n\n", b"![](chart:x)", b"[^1]", b"[^1]: a", b"|---|", b": ", b"&a ", b"*a",
)  # fmt: skip
LONG = 400  # times that a piece is repeated


def mutated(files: Mapping[str, bytes], rng: Random) -> dict[str, bytes]:
    """Return files with one to three small damages."""
    out = dict(files)
    for _ in range(rng.randint(1, 3)):
        name = rng.choice(sorted(out))
        kind = rng.random()
        if kind < 0.03 and len(out) > 1:
            del out[name]
        elif kind < 0.06:
            out[name] = out[rng.choice(sorted(out))]
        elif kind < 0.1:
            out[name] = out[name][: rng.randint(0, len(out[name]))]
        elif kind < 0.55 and b"\0" not in out[name]:
            out[name] = _lines(out[name], rng)
        else:
            out[name] = _bytes(out[name], rng)
    return out


def _lines(data: bytes, rng: Random) -> bytes:
    lines = data.split(b"\n")
    at, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    kind = rng.randrange(6)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(at, lines[other])
    elif kind == 2:
        lines[at], lines[other] = lines[other], lines[at]
    elif kind == 3:
        lines[at] = b" " * rng.randint(1, 5) + lines[at]
    elif kind == 4:
        lines[at] = lines[at].lstrip()
    else:
        lines[at] = lines[at] + lines[other]
    return b"\n".join(lines)


def _bytes(data: bytes, rng: Random) -> bytes:
    at = rng.randint(0, len(data))
    kind = rng.randrange(5)
    if kind == 0:
        return data[:at] + rng.choice(PIECES) + data[at:]
    if kind == 1:
        return data[:at] + data[at + rng.randint(1, 12) :]
    if kind == 2:
        return data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
    if kind == 3:
        return data[:at] + data[at : at + rng.randint(1, 6)] * rng.choice((2, 3, LONG)) + data[at:]
    return data[:at] + data[at + 1 : at + 2] + data[at : at + 1] + data[at + 2 :]

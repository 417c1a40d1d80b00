"""Make the word vectors for the search of stage 7 from WordNet 3.0.

    python docs/make_word_vectors.py /usr/share/wordnet

The folder holds data.noun, data.verb, data.adj and data.adv, as in Debian's package wordnet-base. Needs scipy and about two
minutes. The number of dimensions and the choice of words were decided with the kit's own questions (slides_src/data/
questions.csv), before the questions that measure the search were opened.
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import log
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import svds

from workshop.ai_models.toys.embedding import FILE, ZERO_AT, stem, unit
from workshop.ai_models.toys.keyword import content_words

FORMS = ("noun", "verb", "adj", "adv")
NUMBERS = 160
LEAST = 5  # a word must occur so many times
SMOOTHING = 0.75
_EXAMPLE = re.compile(r'"[^"]*"?')
_MARK = re.compile(r"\(\w+\)")  # the mark of an adjective's position


def entries(folder: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Yield (words, definition, examples) of every entry."""
    for form in FORMS:
        for line in (folder / f"data.{form}").read_text("latin-1").splitlines():
            if line.startswith("  "):
                continue  # the licence
            head, text = line.split(" | ", 1)
            fields = head.split(" ")
            names = fields[4 : 4 + 2 * int(fields[3], 16) : 2]
            examples = [example for example in _EXAMPLE.findall(text) if example.endswith('"')]
            yield _MARK.sub("", " ".join(names)).replace("_", " "), _EXAMPLE.sub("", text), examples


def association(sentences: Sequence[Sequence[int]], size: int) -> Any:
    """Return max(0, log(P(a, b) / (P(a) P(b)))) for every pair of words, as a sparse matrix of shape (size, size)."""
    pairs: Counter[tuple[int, int]] = Counter()
    for rows in sentences:
        pairs.update((a, b) for at, a in enumerate(rows) for b in rows[:at] + rows[at + 1 :])
    places, times = np.array(list(pairs)), np.array(list(pairs.values()), float)
    total = times.sum()
    share = np.bincount(places[:, 0], times, size) / total
    context = np.bincount(places[:, 1], times, size) ** SMOOTHING
    ratio = times / total / (share[places[:, 0]] * (context / context.sum())[places[:, 1]])
    return csr_matrix((np.maximum(np.log(ratio), 0), (places[:, 0], places[:, 1])), shape=(size, size))


def halved(places: Any) -> Any:
    """Return the numbers in half a byte each, two per byte; the largest of a row becomes 7 or -7."""
    scaled = np.round(places / np.abs(places).max(axis=1, keepdims=True) * (ZERO_AT - 1)).astype(int) + ZERO_AT
    return (scaled[:, ::2] << 4 | scaled[:, 1::2]).astype(np.uint8)


def main() -> None:
    """Read, count, decompose, and write the file."""
    if len(sys.argv) != 2:
        sys.exit("say where WordNet's data files are: python docs/make_word_vectors.py FOLDER")
    read = list(entries(Path(sys.argv[1])))
    texts = [f"{names} {text}" for names, *parts in read for text in (parts[0], *parts[1])]
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    spoken = [content_words(text) for text in texts]
    for word, times in Counter(word for sentence in spoken for word in sentence).items():
        forms[stem(word)][word] += times
    kept = sorted(name for name, counts in forms.items() if counts.total() >= LEAST)
    row = {name: place for place, name in enumerate(kept)}
    sentences = [[row[name] for word in sentence if (name := stem(word)) in row] for sentence in spoken]
    having = Counter(word for sentence in sentences for word in set(sentence))
    left, strength, _ = svds(association(sentences, len(kept)), k=NUMBERS, random_state=0)
    order = np.argsort(-strength)
    words = " ".join(min(forms[name], key=lambda word: (-forms[name][word], word)) for name in kept)
    rarity = np.array([log(len(sentences) / having[place]) for place in range(len(kept))], np.float32)
    FILE.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        FILE,
        words=np.array(words),
        halves=halved(unit(left[:, order] * np.sqrt(strength[order]))),
        rarity=rarity,
        counts=np.array([len(read), len(sentences)]),
    )
    print(f"{FILE}: {len(kept):,} words from {len(read):,} entries, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

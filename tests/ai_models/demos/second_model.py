"""A next-word model built with scikit-learn: an oracle for demos whose tiny model is written by hand."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence

import numpy as np
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import OneHotEncoder

START, END = "<", ">"


class SecondModel:
    """One hidden layer over the last words, one-hot encoded: no embedding, and none of our code."""

    def __init__(self, words: Iterable[str], window: int, hidden: int, rate: float = 0.01) -> None:
        self.words = [START, END, *sorted(set(words) - {START, END})]
        self.place = {word: place for place, word in enumerate(self.words)}
        self.window = window
        codes = [range(len(self.words))] * window
        self.code = OneHotEncoder(categories=codes, sparse_output=False, dtype=np.float32)
        self.code.fit(np.zeros((1, window), int))
        self.net = MLPClassifier(
            (hidden,), activation="tanh", alpha=0, batch_size=128, learning_rate_init=rate, random_state=0
        )

    def copy(self) -> SecondModel:
        """Return a model to be trained on by itself."""
        return copy.deepcopy(self)

    def learn(self, texts: Iterable[Sequence[str]], times: int) -> SecondModel:
        """Read all texts the given number of times."""
        rows, following = self._rows(texts)
        for _ in range(times):
            self.net.partial_fit(rows, following, classes=range(len(self.words)))
        return self

    def bits(self, texts: Iterable[Sequence[str]]) -> float:
        """Return the mean surprise in bits per word; the end of a text counts as a word."""
        rows, following = self._rows(texts)
        return float(-np.log2(self.net.predict_proba(rows)[np.arange(len(following)), following]).mean())

    def goes_on(self, prompt: Sequence[str], longest: int = 8) -> list[str]:
        """Continue a prompt with the most likely word each time."""
        said = [START] * self.window + list(prompt)
        first = len(said)
        while len(said) < first + longest:
            row = self.code.transform([[self.place[word] for word in said[-self.window :]]])
            word = self.words[int(self.net.predict(row)[0])]
            if word == END:
                break
            said.append(word)
        return said[first:]

    def _rows(self, texts: Iterable[Sequence[str]]) -> tuple[np.ndarray, np.ndarray]:
        rows, following = [], []
        for text in texts:
            line = [self.place[word] for word in (*[START] * self.window, *text, END)]
            for end in range(self.window, len(line)):
                rows.append(line[end - self.window : end])
                following.append(line[end])
        return self.code.transform(np.array(rows)), np.array(following)

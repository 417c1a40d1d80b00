"use strict";
// What the room said, as large as the slide: a row for each answer, its bars as wide as what is left, and the counts beside them.
const LETTERS = "ABCDEFGH";
const TOLD_APART = [["before", "before"], ["after", "after talk"]];

function bar(share, text, label, look = "") {
  const drawn = make("i");
  drawn.style.width = `${Math.round(100 * share)}%`;  // the page's policy allows no style in an attribute
  return make("span", { class: `bar ${look}` }, label ? make("small", {}, label) : null, make("span", { class: "track" }, drawn), make("b", {}, text));
}
const sum = (counted, options) => Math.max(1, options.reduce((all, _, k) => all + (counted[LETTERS[k]] ?? 0), 0));
const letter = (k, right) => make("strong", { class: right ? "letter right" : "letter" }, `${LETTERS[k]}${right ? " ✓" : ""}`);

// A bet or a question of the trainer's own has one bar for each answer, or two if it was placed again after talk; a poll has the toy's beside the room's.
function answers({ items: [{ id, options }], toy }, { counts, before, right }) {
  const now = counts[id], then = before?.[id], all = sum(now, options);
  return options.map((option, k) => {
    const count = now[LETTERS[k]] ?? 0, fits = right?.[id] === LETTERS[k], known = (toy[k] ?? -1) >= 0, look = fits ? "right" : "";
    const ours = bar(count / all, String(count), then ? TOLD_APART[1][1] : toy.length ? "you" : "", look);
    const other = then ? bar((then[LETTERS[k]] ?? 0) / sum(then, options), String(then[LETTERS[k]] ?? 0), TOLD_APART[0][1], `${look} pale`)
      : toy.length ? bar(known ? toy[k] : 0, known ? `${Math.round(100 * toy[k])}%` : "–", "toy", "pale") : null;
    return make("li", { class: "answer" }, letter(k, fits), make("span", { class: "option" }, option), make("span", { class: "bars" }, other, ours));
  });
}
// A ballot has a row for each of its rounds, with both answers side by side.
function rounds({ items }, { counts }) {
  return items.map(({ id, text, options }, n) => make("li", { class: "round" }, make("strong", {}, String(n + 1)), make("span", { class: "option" }, text),
    ...options.map((_, k) => make("span", { class: "side" }, letter(k, false), bar((counts[id][LETTERS[k]] ?? 0) / sum(counts[id], options), String(counts[id][LETTERS[k]] ?? 0), "")))));
}
const single = (text, count) => make("li", { class: "single" }, text, count > 1 ? make("b", {}, String(count)) : null);

// The rows of what was told; none if there is nothing to show.
function results(state) {
  const { poll, phase, words, numbers } = state;
  if (phase !== "told" || !poll || poll.kind === "quiz") return [];
  if (words.length) return words.map(({ word, count }) => single(word, count));
  if (numbers.length) return numbers.map((number) => single(String(number), 1));
  if (!state.counts) return [];
  return poll.kind === "ballot" ? rounds(poll, state) : answers(poll, state);
}

// Words give way before anything is cut off; counts keep their size.
function fit(box) {
  for (let size = 1; size > 0.55; size -= 0.05) {
    box.style.setProperty("--words", size);
    if (box.scrollHeight <= box.clientHeight + 1) return;
  }
}

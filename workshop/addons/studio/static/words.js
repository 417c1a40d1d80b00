"use strict";
// The words of a slide: a field for each part of a line that can be changed; what the kit computes stands between them.
let changing = "", shownBefore = 0;

async function openWords() {
  const slide = slides[at], told = await ask(`words/${encodeURIComponent(slide.id)}`);
  if (!told.lines || slides[at]?.id !== slide.id) return;
  $("lines").replaceChildren(...(told.why ? [make("p", { class: "hint" }, told.why)] : []),
    ...(told.newer ? [make("div", { class: "line" }, make("p", {}, "The kit has new words here."), make("p", { class: "row" },
      make("button", { type: "button", onclick: () => tell("words", { slide: slide.id }).then(openWords) }, "Keep mine"),
      make("button", { type: "button", onclick: () => putBack(slide.id) }, "Take the kit’s")))] : []),
    ...told.lines.map((line) => fieldset(slide.id, line)),
    ...(told.mine ? [make("p", { class: "row" }, make("button", { type: "button", id: "put-back", onclick: () => putBack(slide.id) }, "Put the slide back"))] : []));
}

function fieldset(slide, { line, label, texts, fixed }) {
  const named = texts.filter((text) => text.trim()).length > 1 ? (k) => `${label}, part ${texts.slice(0, k + 1).filter((text) => text.trim()).length}` : () => label;
  const fields = texts.map((text, k) => make("textarea", { rows: 1, "aria-label": named(k) }, text.trim()));
  const pieces = texts.flatMap((text, k) => {
    const shown = text.trim() || (k === 0 && !texts.some((other) => other.trim())) ? [fields[k]] : [];
    return fixed[k]?.startsWith("{{") ? [...shown, make("span", { class: "piece" }, fixed[k].slice(2, -2).trim())] : shown;
  });
  const save = make("button", { type: "button", hidden: true, onclick: () => saveLine(slide, line, fields.map((field, k) => texts[k].trim() ? texts[k].replace(texts[k].trim(), () => field.value) : field.value || texts[k])) }, "Save");
  const group = make("fieldset", { class: "line", "data-line": line }, make("legend", {}, label), make("div", { class: "pieces" }, ...pieces), make("p", { class: "row" }, save));
  group.addEventListener("input", () => { save.hidden = fields.every((field, k) => field.value === texts[k].trim()); });
  group.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target.tagName === "TEXTAREA") { event.preventDefault(); if (!save.hidden) save.click(); } });
  return group;
}

async function saveLine(slide, line, texts) {
  fits("");
  const { problems } = await send("words", { slide, line, texts });
  if (problems) { fits(words(problems), true); return; }
  await redrawn(slide);
}
async function putBack(slide) {
  if (await tell("put-back", { slide })) await redrawn(slide);
}
// The slide again, with the new words; then whether they fit.
async function redrawn(slide) {
  [changing, shownBefore] = [slide, slides.length];
  fits("Drawing …");
  await askSlides();
  $("words-title").focus();
}

function fits(text, wrong = false) {
  $("fits").replaceChildren(text ? make("p", {}, wrong ? make("strong", {}, "Problem: ") : "", text) : "");
  if (text && text !== "Drawing …") say(text);
}
function showFit(told) {
  const k = slides.findIndex(({ id }) => id === (changing || slides[at]?.id));
  if (k >= 0) showLarge(k); else if (changing) showLarge(at);  // another title has given a slide of a talk another name
  if (!changing) return;
  const errors = told.problems.filter(({ severity }) => severity === "error");
  const here = told.problems.filter(({ place }) => place.includes(`words/${changing}.md`));
  if (told.broken) fits(words(errors), true);
  else if (slides.length !== shownBefore) fits(slides.length > shownBefore ? "It no longer fits on one slide, and goes on to another." : "It fits on one slide again.");
  else if (here.length) fits(words(here), true);
  else fits("It still fits. Nothing else on the slide has changed.");
  changing = "";
}

$("change").addEventListener("click", async () => {
  $("words").hidden = !$("words").hidden;
  $("change").setAttribute("aria-expanded", String(!$("words").hidden));
  if (!$("words").hidden) { await openWords(); $("words-title").focus(); }
});
$("large").addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || ["TEXTAREA", "INPUT"].includes(event.target.tagName)) return;
  const act = { e: () => !$("change").hidden && $("change").click(), ArrowRight: () => showLarge(at + 1), ArrowLeft: () => showLarge(at - 1) }[event.key];
  if (act) { event.preventDefault(); act(); }
});
$("large").addEventListener("close", () => { fits(""); $("words").hidden = true; });

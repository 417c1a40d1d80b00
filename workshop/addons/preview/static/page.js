"use strict";
// The preview's page: it asks for news, and shows the slides, notes, problems and documents that come with them.
let state = { number: 0, slides: [], problems: [], documents: [] };
const pictures = new Map();  // slide -> its picture as text
const frames = new Map();  // slide -> its button in the strip
let view = "slides", grid = false, notes = true;

// ---------------------------------------------------------------- pictures
function drawn(id, copy) {
  // the large picture and the small one must not share the names of their gradients
  const text = (pictures.get(id) || "").replaceAll('id="g-', `id="${copy}g-`).replaceAll("url(#g-", `url(#${copy}g-`);
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  return parsed.documentElement.nodeName === "svg" ? document.importNode(parsed.documentElement, true) : make("p");
}

deck.show = (slide) => {
  frames.forEach((button, name) => name === slide.id ? button.setAttribute("aria-current", "true") : button.removeAttribute("aria-current"));
  frames.get(slide.id)?.scrollIntoView({ block: "nearest" });
  const picture = drawn(slide.id, "m");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", `Slide ${slide.number}: ${slide.title}`);
  $("slide").replaceChildren(picture);
  const minutes = slide.minutes ? ` · ${slide.minutes} min` : "";
  $("count").textContent = `${slide.number} of ${state.slides.length}${minutes}${slide.hidden ? " · hidden" : ""}`;
  $("place").textContent = slide.place;
  showNotes(slide);
  if (grid) frames.get(slide.id)?.focus();
};

function showNotes(slide) {
  const lines = slide.notes.flatMap((note) => note.lines.map((line, k) => {
    const label = k === 0 && note.label ? [make("strong", {}, note.label), " "] : [];
    return make("p", line.listed ? { class: "listed" } : {}, ...label, line.text);
  }));
  $("notes").replaceChildren(...(lines.length ? lines : [make("p", { class: "none" }, "No notes on this slide.")]));
  $("notes").hidden = !notes;
}

// ---------------------------------------------------------------- the strip of small pictures
function showStrip(changed) {
  const items = [];
  let stage = null;
  frames.clear();
  for (const slide of state.slides) {
    if (slide.stage !== stage) {
      stage = slide.stage;
      if (stage) items.push(make("li", { class: "stage-name" }, make("h2", {}, stage)));
    }
    const button = make("button", { type: "button", class: `thumb${slide.hidden ? " away" : ""}${slide.id === changed ? " changed" : ""}` },
      make("span", { class: "n" }, String(slide.number)), make("span", { class: "frame", "aria-hidden": "true" }, drawn(slide.id, "s")), make("span", { class: "unseen" }, slide.title));
    button.addEventListener("click", () => { if (grid) setGrid(false); go(slide.id); });
    frames.set(slide.id, button);
    items.push(make("li", {}, button));
  }
  const strip = $("strip"), top = strip.scrollTop;
  strip.querySelector("ol").replaceChildren(...items);
  strip.scrollTop = top;
}

function redraw(ids, changed) {
  for (const id of ids) frames.get(id)?.querySelector(".frame").replaceChildren(drawn(id, "s"));
  frames.forEach((button, id) => button.classList.toggle("changed", id === changed));
}

function setGrid(on) {
  grid = on;
  document.body.classList.toggle("grid", on);
  frames.get(deck.current)?.scrollIntoView({ block: "center" });
  if (on) frames.get(deck.current)?.focus();
}

// ---------------------------------------------------------------- problems
function problem(found) {
  return make("div", { class: `problem ${found.severity}` },
    make("p", { class: "kind" }, found.severity),
    make("div", {}, make("p", {}, found.message), ...(found.hint ? [make("p", { class: "fix" }, found.hint)] : []),
      ...(found.place ? [make("p", { class: "where" }, found.place)] : [])));
}

function showProblems() {
  const errors = state.problems.filter((found) => found.severity === "error");
  $("trouble").hidden = !state.broken || view === "problems";
  const kept = state.slides.length ? "the slides are those from before it" : "there is nothing to show yet";
  $("trouble").replaceChildren(make("h2", {}, `${errors.length === 1 ? "A problem stops" : `${errors.length} problems stop`} the build; ${kept}`), ...errors.map(problem));
  const all = state.problems.length;
  $("problems-view").replaceChildren(make("h2", {}, all ? `${all} problem${all === 1 ? "" : "s"}` : "No problems"), ...state.problems.map(problem));
  const status = $("status");
  status.classList.toggle("bad", state.broken);
  status.textContent = state.broken ? "Not up to date" : `Up to date, ${new Date().toLocaleTimeString()} (${state.seconds.toFixed(2)} s)`;
}

// ---------------------------------------------------------------- views
const NAMES = { answers: "Key", facilitator: "Guide", "quiz-key": "Quiz key" };
const named = (name) => NAMES[name] || name[0].toUpperCase() + name.slice(1).replaceAll("-", " ");
function showViews() {
  const errors = state.problems.filter((found) => found.severity === "error").length;
  const papers = state.documents.filter(({ name }) => name !== "explore");
  const views = [["slides", "Slides"], ["problems", state.problems.length ? `Problems ${state.problems.length}` : "Problems"],
    ...state.documents.filter(({ name }) => name === "explore").map(({ name }) => [`document/${name}`, named(name)])];
  const focused = document.activeElement?.dataset?.view;
  $("views").replaceChildren(...views.map(([name, text]) => {
    const button = make("button", { type: "button", "data-view": name, class: name === "problems" && errors ? "bad" : false, "aria-current": name === view ? "page" : false }, text);
    button.addEventListener("click", () => setView(name));
    return button;
  }));
  if (focused) $("views").querySelector(`[data-view="${CSS.escape(focused)}"]`)?.focus();
  const chosen = papers.some(({ name }) => view === `document/${name}`);
  $("papers").hidden = !papers.length;
  $("papers").classList.toggle("chosen", chosen);
  if (document.activeElement !== $("papers") || !chosen) {
    $("papers").replaceChildren(make("option", { value: "" }, "On paper …"),
      ...papers.map(({ name, meaning }) => make("option", { value: `document/${name}`, title: meaning }, named(name))));
  }
  $("papers").value = chosen ? view : "";
}

function setView(name) {
  view = name;
  $("slides-view").hidden = name !== "slides";
  $("problems-view").hidden = name !== "problems";
  $("document-view").hidden = !name.startsWith("document/");
  $("trouble").hidden = !state.broken || name === "problems";
  showDocument();
  showViews();
}

let framed = "";
function showDocument() {
  if (!view.startsWith("document/")) { framed = ""; $("document-view").replaceChildren(); return; }
  const address = `${view}?state=${state.number}`;
  if (address === framed) return;
  framed = address;
  $("document-view").replaceChildren(make("p", { class: "empty" }, "Being made …"));
  fetch(address).then(async (answer) => {
    if (address !== framed) return;
    if (!answer.ok) { $("document-view").replaceChildren(make("p", { class: "empty" }, await answer.text())); return; }
    await answer.blob();
    const name = view.slice(9);
    $("document-view").replaceChildren(make("iframe", { src: address, title: named(name) }));
  });
}

// ---------------------------------------------------------------- news
function take(news) {
  const ids = news.slides.map((slide) => slide.id).join();
  const same = ids === state.slides.map((slide) => slide.id).join() && JSON.stringify(news.slides.map((s) => [s.number, s.title, s.stage])) === JSON.stringify(state.slides.map((s) => [s.number, s.title, s.stage]));
  const first = !state.number;
  for (const [id, text] of Object.entries(news.pictures)) pictures.set(id, text);
  state = news;
  deck.slides = news.slides;
  for (const id of pictures.keys()) if (place(id) < 0) pictures.delete(id);
  document.title = `${news.title || "Preview"} · preview`;
  $("title").textContent = news.title || "Preview";
  $("audience").textContent = news.audience;
  if (same && !first) redraw(Object.keys(news.pictures), news.changed); else showStrip(news.changed);
  showProblems();
  showViews();
  if (view.startsWith("document/") && !news.broken) showDocument();
  const wanted = first ? slideOf(location.hash)?.id : news.changed || deck.current;
  if (state.slides.length) go(place(wanted) >= 0 ? wanted : deck.current || state.slides[0].id);
  else $("slide").replaceChildren(make("p", { class: "empty" }, "No slides yet."));
  if (first) $("fonts").href = `fonts.css?state=${news.number}`;
  if (news.again) { $("status").textContent = "The preview had to start again"; $("say").textContent = $("status").textContent; }
  if (news.broken) $("say").textContent = $("trouble").textContent;
  document.body.dataset.state = news.number;
}

async function follow() {
  for (let failed = 0; ;) {
    try {
      const answer = await fetch(`state?after=${state.number}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const news = await answer.json();
      failed = 0;
      if (news.number !== state.number) take(news);
    } catch {
      failed += 1;
      if (failed > 1) { $("status").textContent = "The preview has ended"; $("status").classList.add("bad"); }
      await new Promise((go) => setTimeout(go, Math.min(5000, 300 * failed)));
    }
  }
}

// ---------------------------------------------------------------- keys and links
deck.keys = {
  g: () => setGrid(!grid), n: () => { notes = !notes; $("notes").hidden = !notes; },
  p: () => setView(view === "problems" ? "slides" : "problems"),
  Escape: () => { if (grid) setGrid(false); else setView("slides"); },
  Enter: () => { if (grid) setGrid(false); },
  "?": () => $("help").showModal(),
};
deck.ready = (key, pressed) => (view === "slides" || ["p", "?", "Escape"].includes(key)) && !((key === " " || key === "Enter") && pressed && !(grid && key === "Enter"));
$("papers").addEventListener("change", () => setView($("papers").value || "slides"));
$("back").addEventListener("click", () => move(-1));
$("on").addEventListener("click", () => move(1));
$("help-button").addEventListener("click", () => $("help").showModal());
follow();

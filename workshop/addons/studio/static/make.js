"use strict";
// Start, Make and Files: what is chosen, the plan that it gives, the slides, and the files that are made.
const SLOTS = [25, 45, 60, 90, 120, 180, 360], USUAL = 180;
let view = "make", plan = null, drawnState = 0, pictures = new Map(), slides = [], at = 0;

// ---------------------------------------------------------------- start
async function openOne(what) {
  $("wait-open").textContent = "Opening …";
  if (!(await tell("open", what))) $("wait-open").textContent = "";
}
function showStart() {
  const card = (title, line, what, picture) => make("li", {}, make("button", { type: "button", class: "card", onclick: () => openOne(what) }, picture, make("strong", {}, title), make("span", {}, line)));
  $("cards").replaceChildren(...READY.map(([title, minutes, line, audience]) => card(title, `${minutes} minutes. ${line}`, { kit: "", audience, minutes: audience ? String(minutes) : "" })));
  $("yours").hidden = !state.workshops.length;
  $("covers").replaceChildren(...state.workshops.map((name) => card(name, "Go on with it", { name }, state.covers.includes(name) ? coverOf(name) : null)));
  if (state.kit) { $("in-place").open = true; $("path").value = state.kit; }
}
const READY = [
  ["Everybody", 180, "Bets, a model trained with boxes and a die, a vote, a release board.", ""],
  ["Students", 90, "Bets and dice; they train, vote and catch it making things up.", "students"],
  ["Engineers", 180, "Counts, losses and held-out tests, worked out in pairs.", "engineers"],
  ["A board", 45, "Three decisions, each signed with a name and a date.", "executives"],
];
const coverOf = (name) => make("img", { src: `cover/${encodeURIComponent(name)}`, alt: "" });

// ---------------------------------------------------------------- a kit or talk that is chosen in the browser: its files come one by one
async function bring(files) {
  const paths = files.map((file) => [file, file.webkitRelativePath || file.name]).filter(([, path]) => !path.split("/").some((part) => part.startsWith(".")));
  const inFolder = paths.some(([, path]) => path.includes("/")), texts = paths.filter(([, path]) => /\.(md|qmd|rmd|markdown)$/i.test(path) && path.split("/").length === (inFolder ? 2 : 1));
  const kit = paths.find(([, path]) => /^[^/]+\/kit\.yaml$/.test(path));
  const name = kit ? kit[1].split("/")[0] : texts.length === 1 || !inFolder ? texts[0]?.[1] : "";
  if (!name) { trouble(texts.length ? "This folder has several Markdown files and no kit.yaml. Choose the one that is the talk." : "There is no talk (.md) and no kit.yaml here."); return; }
  trouble("");
  $("wait-open").textContent = "Copying …";
  if (!(await tell("bring", { begin: name }))) { $("wait-open").textContent = ""; return; }
  for (const [n, [file, path]] of paths.entries()) {
    $("wait-open").textContent = `Copying ${n + 1} of ${paths.length} …`;
    const { problems } = await ask("bring/file", { body: file, headers: { "X-Name": encodeURIComponent(path) } });
    if (problems) { trouble(`${path}: ${words(problems)}`); $("wait-open").textContent = ""; return; }
  }
  $("wait-open").textContent = "Opening …";
  await tell("bring", {});
}
for (const id of ["a-file", "a-folder"]) $(id).addEventListener("change", ({ target }) => { const files = [...target.files]; target.value = ""; if (files.length) bring(files); });
// A kit or talk that stays where it is, from a list of the user's own folders.
async function showPlace(at) {
  const told = await ask(`places?at=${encodeURIComponent(at)}`);
  if (told.problems) { $("place").textContent = words(told.problems); return; }
  const row = (text, does, kind) => make("li", {}, make("button", { type: "button", class: "link", onclick: does }, text), make("small", {}, kind));
  $("place").textContent = told.at;
  $("places").replaceChildren(...(told.up ? [row("↑ The folder above", () => showPlace(told.up).then(() => $("place").focus()), "")] : []),
    ...told.folders.map(({ name, path, kit }) => row(name, () => (kit ? openOne({ kit: path }) : showPlace(path).then(() => $("place").focus())), kit ? "kit: opens it" : "folder")),
    ...told.talks.map(({ name, path }) => row(name, () => openOne({ kit: path }), "talk: opens it")));
}
$("in-place").addEventListener("toggle", () => { if ($("in-place").open && !$("places").children.length) showPlace(""); });
$("by-path").addEventListener("submit", (event) => { event.preventDefault(); openOne({ kit: $("path").value }); });

// ---------------------------------------------------------------- the name of a workshop
$("rename").addEventListener("click", () => { $("new-name").value = state.open; put("rename-said", ""); $("renaming").showModal(); $("new-name").select(); });
$("keep-name").addEventListener("click", () => $("renaming").close());
$("new-name-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { problems } = await send("rename", { name: $("new-name").value });
  if (problems) { put("rename-said", words(problems)); return; }
  $("renaming").close();
});
$("client").addEventListener("change", async () => { await whenSettled(); if (form().client.value === state.form.client) await send("rename", {}); });

function showStranger() {
  const { name, kit } = state.stranger;
  $("stranger-title").textContent = name;
  $("stranger-kit").hidden = $("accept-kit").hidden = !kit;
  $("stranger-path").textContent = kit;
  $("stranger-title").focus();
}
$("accept").addEventListener("click", () => tell("accept"));
$("accept-kit").addEventListener("click", () => tell("accept", { kit: state.stranger.kit }));
$("refuse").addEventListener("click", () => tell("leave"));

// ---------------------------------------------------------------- the form
const form = () => $("form").elements;
function options(select, choices, chosen) {
  select.replaceChildren(...choices.map(([value, text]) => make("option", { value, selected: value === chosen }, text)));
  select.value = chosen;
}

// Beside a client's own documents, examples come from a place whose words belong to no trade.
const usualWorld = () => state.library ? "front-desk" : state.choice.world;

function fill() {
  const { choice, form: chosen } = state;
  if (choice.problems) { showProblems(choice.problems.filter(({ code }) => code !== "untrusted")); askTrust(); return; }
  $("trust").hidden = true;
  $("pdf-row").hidden = !choice.office;
  form().pdf.checked = chosen.pdf;
  $("client-row").hidden = !choice.client;
  form().client.value = chosen.client;
  form().footer.checked = chosen.footer;
  showTimed();
  form().timed.value = chosen.timed;
  options(form().audience, choice.audiences.map(({ name, title }) => [name, title]), chosen.audience || (choice.audiences.some(({ name }) => name === "general") ? "general" : choice.audiences[0]?.name ?? ""));
  $("audience-row").hidden = choice.audiences.length < 2;
  options(form().world, choice.worlds.map(({ name, title }) => [name, title]), chosen.world || usualWorld());
  $("world-row").hidden = !choice.worlds.length;
  form().room.value = chosen.room;
  form().paper.value = chosen.paper;
  form().people.value = chosen.people || choice.people;
  form().start.value = chosen.start || choice.start;
  setMinutes(chosen.minutes ?? choice.minutes ?? USUAL);
  $("themes").querySelector("div").replaceChildren(...choice.themes.map(({ name, colors }) => {
    const swatch = make("span", { class: "swatch", "aria-hidden": "true" }, ...colors.map(() => make("i")));
    swatch.querySelectorAll("i").forEach((part, k) => { part.style.background = colors[k]; });
    return make("label", {}, make("input", { type: "radio", name: "theme", value: name, checked: name === (chosen.theme || "light") }), swatch, name);
  }));
  $("slots").replaceChildren(...SLOTS.map((slot) => {
    const tick = make("span", {}, String(slot));
    tick.style.left = `${(100 * (slot - 25)) / 375}%`;
    return tick;
  }));
  $("ticks").replaceChildren(...SLOTS.map((slot) => make("option", { value: slot })));
}
function showTimed() {
  const names = { rehearsal: "as in my rehearsal", workshop: "as they took in the room" };
  $("timed-row").hidden = !state.timed.length;
  options(form().timed, [["", "as planned"], ...state.timed.map((name) => [name, names[name]])], form().timed.value);
}
function setMinutes(minutes) {
  form().minutes.value = minutes || "";
  $("slider").value = minutes || USUAL;
}
// What differs from the kit's own values is sent, so that the command says nothing more than it has to.
function chosen() {
  const { choice } = state, fields = form(), sent = {};
  const set = (name, value, usual) => { if (value !== "" && value !== usual) sent[name] = value; };
  set("audience", fields.audience.value, "general");
  set("world", fields.world.value, usualWorld());
  set("room", fields.room.value, "");
  set("paper", fields.paper.value, "");
  if (!state.given.template.length) set("theme", fields.theme.value, "light");
  set("start", fields.start.value, choice.start);
  set("timed", fields.timed.value, "");
  if (fields.pdf.checked) sent.pdf = true;
  if (choice.client) set("client", fields.client.value.trim(), "");
  if (choice.client && fields.footer.checked && state.given.template.length) sent.footer = true;
  if (Number(fields.people.value) > 0) set("people", Number(fields.people.value), choice.people);
  const minutes = Number(fields.minutes.value);
  if (minutes >= 5) set("minutes", minutes, choice.minutes ?? USUAL);
  return sent;
}

// ---------------------------------------------------------------- whether Python that a kit brings may run
async function askTrust() {
  const files = state.choice.problems.some(({ code }) => code === "untrusted") ? await ask("trust") : [];
  $("trust").hidden = !files.length;
  if (!files.length) return;
  $("own-code").replaceChildren(...files.map(({ name, bytes, digest }) => make("li", {}, make("strong", {}, name), make("small", {}, `${bytes.toLocaleString("en")} bytes, SHA-256 ${digest}`))));
  $("trust-them").onclick = () => tell("trust", files.map(({ digest }) => digest));
  $("trust-title").focus();
}

// ---------------------------------------------------------------- the plan: only the newest one is asked for
let asking = false, waiting = false, drawing = false, drawAgain = false, drawLater = 0;
// One state that is seen: what is old is grey, and *Make* waits until nothing is.
let wrong = "", settled = [];
function showUpdating() {
  const busy = asking || waiting;
  $("make").classList.toggle("stale", busy || Boolean(wrong));
  put("updating", busy ? `${state.doing || "Updating"} …` : wrong ? `Problem: ${wrong}` : "Ready");
  $("updating").classList.toggle("error", !busy && Boolean(wrong));
  $("build").disabled = Boolean(state.choice?.problems) || (!busy && Boolean(wrong));
  if (!busy) for (const go of settled.splice(0)) go();
}
const whenSettled = () => (asking || waiting ? new Promise((go) => settled.push(go)) : Promise.resolve());
async function askPlan() {
  if (asking) { waiting = true; return; }
  asking = true;
  showUpdating();
  do {
    waiting = false;
    const { open } = state, answer = await send("form", chosen());
    if (state.open !== open) waiting = Boolean(state.open && !state.choice.problems);
    if (waiting || state.open !== open) continue;
    const errors = (answer.problems ?? []).filter(({ severity }) => severity === "error");
    wrong = errors.length ? words(errors.slice(0, 1)) : "";
    if (answer.problems && !answer.rows) showProblems(answer.problems); else if (answer.rows) showPlan(answer);
  } while (waiting);
  asking = false;
  showUpdating();
  $("strip").classList.add("old");
  clearTimeout(drawLater);
  drawLater = setTimeout(askSlides, 400);
}
function forget() {
  [plan, slides, pictures, drawnState, here, began] = [null, [], new Map(), 0, 0, 0];
  $("plan-title").textContent = state.choice.problems ? "No plan yet" : "Planning …";
  for (const id of ["strip", "out", "problems"]) $(id).replaceChildren();
  $("clock").tBodies[0].replaceChildren();
  $("left-out").hidden = true;
  $("drawing").textContent = "";
  $("command").value = state.command;
}
const told = (problems) => problems.map(({ severity, message, hint }) => make("p", { class: severity }, make("strong", {}, severity === "error" ? "Problem" : "Note"), ` ${message}${hint ? ` – ${hint}` : ""}`));
function showProblems(problems) {
  $("problems").replaceChildren(...told(problems));
  if (problems.some(({ severity }) => severity === "error")) say(words(problems));
}

function showPlan(told) {
  plan = told;
  showProblems(told.problems);
  const spare = told.buffer ? `, ${told.buffer} to spare` : "";
  $("plan-title").textContent = told.total ? `${told.total} minutes${spare}` : "A talk, in its own order";
  const longest = Math.max(...told.rows.map((row) => row.minutes), 1);
  $("clock").tBodies[0].replaceChildren(...told.rows.map((row) => {
    const bar = make("span", { class: "bar-of" });
    bar.style.width = `${(100 * row.minutes) / longest}%`;
    return make("tr", { class: row.kind }, make("td", {}, row.clock), make("th", { scope: "row", title: row.what }, row.what), make("td", { "aria-hidden": "true" }, bar), make("td", {}, `${row.minutes} min`));
  }));
  const out = [...told.out.map(({ title, minutes, why }) => [title, why, minutes]), ...told.dropped.map((message) => [message, "", 0])];
  $("left-out").hidden = !out.length;
  $("out-title").textContent = `Left out: ${many(out.length, "slide")}, ${told.outMinutes} minutes`;
  const reasons = new Map();
  for (const [title, why, minutes] of out) reasons.set(why, [...(reasons.get(why) ?? []), [title, minutes]]);
  $("out").replaceChildren(...[...reasons].map(([why, some]) => make("li", {}, make("h4", {}, why || "Your own data have nothing for it"), make("ul", {}, ...some.map(([title, minutes]) => make("li", {}, make("span", {}, title), minutes ? make("span", { class: "n" }, `${minutes} min`) : null))))));
  $("command").value = told.command;
  say($("plan-title").textContent);
}

// ---------------------------------------------------------------- slides
async function askSlides() {
  if (!state.open || state.choice.problems) return;
  if (drawing) { drawAgain = true; return; }
  [drawing, drawAgain] = [true, false];
  $("drawing").textContent = "drawing …";
  const { open } = state, about = JSON.stringify(chosen()), told = await ask(`draw?after=${drawnState}`);
  drawing = false;
  if (state.open !== open) { askSlides(); return; }
  if (!told.slides) { $("drawing").textContent = ""; if (told.problems) showProblems(told.problems); return; }
  $("strip").classList.toggle("old", drawAgain || about !== JSON.stringify(chosen()));
  if (drawAgain || about !== JSON.stringify(chosen())) { drawLater = setTimeout(askSlides, 100); }
  for (const [id, text] of Object.entries(told.pictures)) pictures.set(id, text);
  drawnState = told.number;
  slides = told.slides.filter(({ hidden }) => !hidden);
  const waiting = told.slides.length - slides.length;
  $("drawing").textContent = told.broken ? "not up to date" : `${slides.length} shown${waiting ? `, ${waiting} wait in the appendix` : ""}`;
  showDress();
  if (told.broken) showProblems(told.problems.filter(({ severity }) => severity === "error"));
  $("fonts").href = `fonts.css?state=${told.number}`;
  $("strip").replaceChildren(...slides.map((slide, k) => make("li", {},
    make("button", { type: "button", class: "thumb", onclick: () => showLarge(k) }, make("span", { "aria-hidden": "true" }, drawn(slide.id, "s")), make("span", { class: "unseen" }, `Slide ${slide.number}: ${slide.title}`)))));
  if ($("large").open && (changing || Object.keys(told.pictures).length)) showFit(told);  // words that are being typed stay
  if (view === "rehearse") showSlide();
  document.body.dataset.drawn = told.number;
}
// A template shows what it does to three kinds of slides before anything is made.
function showDress() {
  const kinds = ["section", "predict", "chart-and-text"].flatMap((kind) => slides.find(({ layout }) => layout === kind) ?? []);
  const found = state.given.template.length ? [...new Set([...slides.slice(0, 1), ...kinds, ...slides])].slice(0, 3) : [];
  $("dress").replaceChildren(...found.map((slide) => make("li", {}, make("span", { role: "img", "aria-label": slide.title }, drawn(slide.id, "d")))));
}
function drawn(id, copy) {
  // the large picture and the small one must not share the names of their gradients
  const text = (pictures.get(id) || "").replaceAll('id="g-', `id="${copy}g-`).replaceAll("url(#g-", `url(#${copy}g-`);
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  return parsed.documentElement.nodeName === "svg" ? document.importNode(parsed.documentElement, true) : make("p");
}
function noted({ notes }) {
  const lines = notes.flatMap((note) => note.lines.map((line, n) => make("p", {}, n === 0 && note.label ? make("strong", {}, `${note.label} `) : null, line.text)));
  return lines.length ? lines : [make("p", { class: "hint" }, "No notes on this slide.")];
}
function showLarge(k) {
  at = Math.max(0, Math.min(slides.length - 1, k));
  const slide = slides[at], picture = drawn(slide.id, "m");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", slide.title);
  $("large-title").textContent = `${slide.number} of ${slides.length}: ${slide.title}`;
  $("picture").replaceChildren(picture);
  $("notes").replaceChildren(...noted(slide));
  if (!$("words").hidden) openWords();
  if (!$("large").open) $("large").showModal();
}

// ---------------------------------------------------------------- what is given
const KINDS = { pptx: "template", potx: "template", png: "logo", jpg: "logo", jpeg: "logo", pdf: "documents", docx: "documents", md: "documents", txt: "documents", csv: "quiz" };
const kindOf = ({ name }) => KINDS[name.split(".").pop().toLowerCase()];
async function give(files) {
  const refused = [];
  for (const file of files) {
    const kind = kindOf(file), name = file.webkitRelativePath.split("/").slice(1).join(", ") || file.name;
    if (!kind) { refused.push(`“${file.name}” can’t be used here.`); continue; }
    $("given").append(make("li", {}, `${name} …`));  // a long document takes seconds to read
    const { problems } = await ask(`give/${kind}`, { body: file, headers: { "X-Name": encodeURIComponent(name) } });
    if (problems) refused.push(`${name}: ${words(problems)}`);
  }
  $("files").value = $("table").value = $("of-folder").value = "";
  showGiven();
  trouble(refused.join(" "));
}
// Of a folder only its documents are taken; a presentation in it is no template.
$("of-folder").addEventListener("change", async ({ target }) => {
  const files = [...target.files].filter(({ webkitRelativePath }) => !webkitRelativePath.split("/").some((part) => part.startsWith(".")));
  const documents = files.filter((file) => kindOf(file) === "documents"), left = files.length - documents.length;
  if (!documents.length) { target.value = ""; trouble("There are no documents in this folder: PDF, Word, Markdown or text."); return; }
  await give(documents);
  put("folder-said", `${many(documents.length, "document")} taken${left ? `; ${many(left, "other file")} left out` : ""}.`);
});
function showGiven() {
  const label = { template: "template", logo: "logo", documents: "document", quiz: "table of the quiz" };
  $("themes").hidden = state.given.template.length > 0;  // the template has its own
  $("footer-row").hidden = !state.given.template.length || !state.choice.client;
  showDress();
  $("given").replaceChildren(...Object.entries(state.given).flatMap(([kind, names]) => names.map((name) => make("li", {}, make("span", {}, `${name} `, make("small", {}, label[kind])),
    make("button", { type: "button", class: "link", "aria-label": `Remove ${name}`, onclick: () => { $("files").focus(); tell(`drop/${kind}`, { name }); } }, "remove")))));
}

// ---------------------------------------------------------------- files
function showJob() {
  const { job } = state, running = job?.state === "running";
  $("running").hidden = !running;
  $("ready").hidden = running || (job && job.state !== "done");
  $("have").hidden = !state.made;
  $("expected-title").hidden = state.made;
  const words = !job ? "" : running ? (job.stopping ? "Stopping …" : `${job.step} …`) : job.state === "done" ? `Made in ${job.seconds} seconds.`
    : job.state === "cancelled" ? "Stopped. Nothing was written; the earlier files are as they were." : "The files couldn’t be made; nothing was written.";
  $("files-title").textContent = running ? "Making your files" : $("ready").hidden || !state.made ? "No files yet" : "Your files are ready";
  $("files-said").textContent = words;
  $("old").hidden = running || $("ready").hidden || !state.made || !state.old;
  $("kept-in").textContent = `They are ${state.made ? "also" : "then"} in ${state.folder}/out.`;
  if (words) say(words);
  if (running && job.share != null) $("progress").value = job.share; else $("progress").removeAttribute("value");
  $("cancel").disabled = Boolean(job?.stopping);
  const said = job && !running ? job.said : [], advice = said.filter((line) => /(^|: )advice: /.test(line)), lines = (found) => found.map((line) => make("p", {}, line));
  $("said").replaceChildren(...lines(said.filter((line) => !advice.includes(line))), advice.length ? make("details", {}, make("summary", {}, `${many(advice.length, "piece")} of advice from the build`), ...lines(advice)) : "");
  document.body.dataset.job = job ? job.state : "";
}
async function showFiles() {
  if ($("ready").hidden) return;
  const files = await ask(state.made ? "files" : "expected");
  if (!Array.isArray(files)) return;
  const size = files.reduce((sum, file) => sum + file.bytes, 0) / 1e6;
  $("zip").textContent = `Everything as a zip, ${size.toFixed(1)} MB`;
  const printed = files.filter(({ copies }) => copies);
  $("print").hidden = $("printing").hidden = !printed.length;
  $("printing").textContent = `The PDF has each of these once: ${printed.map(({ name, copies }) => `${name} (${many(copies, "copy").replace("copys", "copies")})`).join(", ")}.`;
  $("first").hidden = !files.some(({ name }) => name === "facilitator.pdf");
  $("list").tBodies[0].replaceChildren(...files.map(({ name, meaning, pages, copies, whom }) => make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, meaning), make("td", {}, whom), make("td", { class: pages ? false : "none" }, pages || "–"), make("td", { class: copies ? "copies" : "none" }, copies ? String(copies) : "–"),
    state.made ? make("td", {}, make("a", { href: `file/${encodeURIComponent(name)}`, download: true, "aria-label": `Download ${name}` }, "Download")) : make("td", { class: "none" }))));
}

// ---------------------------------------------------------------- views
function show(name, { focus = false } = {}) {
  view = name;
  $("start").hidden = Boolean(state.open || state.stranger);
  $("stranger").hidden = Boolean(state.open || !state.stranger);
  $("make").hidden = !state.open || view !== "make";
  $("making").hidden = !state.open || view !== "files";
  $("after").hidden = !state.open || view !== "after";
  $("teach").hidden = !state.open || view !== "teach";
  $("rehearse").hidden = !state.open || view !== "rehearse";
  if (view === "rehearse" && slides.length) turnTo(here, clicked);
  if (view === "teach") askNetworks();
  for (const [id, its] of [["to-make", "make"], ["to-files", "files"], ["to-rehearse", "rehearse"], ["to-teach", "teach"], ["to-after", "after"]]) if (view === its) $(id).setAttribute("aria-current", "page"); else $(id).removeAttribute("aria-current");
  if (view === "files") showFiles();
  if (focus) $("main").focus();
}

function take(news, before) {
  const opened = news.open !== before.open;
  $("rooms").hidden = $("leave").hidden = $("rename").hidden = !news.open;
  $("where").textContent = news.open ?? "";
  $("where").title = news.open ? `Saved in ${news.folder}` : "";
  $("title").textContent = news.choice?.title || (news.open ?? "Workshops");
  document.title = news.open ? `${news.open} · Workshop` : "Workshop";
  document.body.dataset.state = news.number;
  if (!news.open) {
    showStart();
    show("make", { focus: opened && before.number >= 0 });
    if (news.stranger) showStranger(); else $("wait-open").textContent = "";
    return;
  }
  if (news.starts !== before.starts) { drawnState = 0; if (before.number >= 0) say("The preview had to start again."); }
  $("wait-open").textContent = "";
  const other = opened || JSON.stringify(news.choice) !== JSON.stringify(before.choice);
  if (other) { forget(); fill(); }
  if (opened) show("make", { focus: before.number >= 0 });
  showUpdating();
  const changed = JSON.stringify(news.signs) !== JSON.stringify(before.signs);
  const given = JSON.stringify(news.given) !== JSON.stringify(before.given);
  if (given) showGiven();
  const library = JSON.stringify(news.library) !== JSON.stringify(before.library);
  if (!news.library !== !before.library && !news.choice.problems && !other) form().world.value = news.form.world || usualWorld();
  showLibrary();
  if (JSON.stringify(news.notUsed) !== JSON.stringify(before.notUsed)) $("not-used").replaceChildren(...told(news.notUsed));
  showTimed();
  showJob();
  showRoom();
  showAfter();
  if (news.job?.state !== before.job?.state && view === "files") showFiles();
  $("facts").textContent = news.job?.usual ? `about ${Math.round(news.job.usual)} seconds` : "the first time, a minute or two";
  if (!news.choice.problems && (other || given || changed || (library && !$("deciding").open) || news.starts !== before.starts)) askPlan();
}

$("form").addEventListener("submit", (event) => event.preventDefault());
$("form").addEventListener("input", ({ target }) => {
  if (target.id === "slider") form().minutes.value = target.value;
  if (target.name === "minutes") $("slider").value = target.value;
  if (target.name || target.id === "slider") askPlan();
  showLine();
});
function showLine() { $("audience-line").textContent = state.choice?.audiences?.find(({ name }) => name === form().audience.value)?.line ?? ""; }
for (const id of ["files", "table"]) {
  const field = $(id), box = field.closest("section, .drop");
  field.addEventListener("change", () => give([...field.files]));
  for (const kind of ["dragover", "dragleave", "drop"]) box.addEventListener(kind, (event) => { event.preventDefault(); box.classList.toggle("over", kind === "dragover"); });
  box.addEventListener("drop", (event) => give([...event.dataTransfer.files]));
}
$("build").addEventListener("click", async () => { await whenSettled(); if (!$("build").disabled && await tell("build")) show("files", { focus: true }); });
$("cancel").addEventListener("click", () => tell("cancel"));
$("build-again").addEventListener("click", () => $("build").click());
$("to-make").addEventListener("click", () => show("make"));
$("to-files").addEventListener("click", () => show("files"));
$("leave").addEventListener("click", () => tell("leave"));
$("quit").addEventListener("click", async () => {
  if (!(await tell("quit"))) return;
  state.ended = true;
  for (const part of document.querySelectorAll("main > section, .bar > :not(#title)")) part.hidden = part.id !== "ended";
  $("ended").querySelector("h1").focus();
});
$("back").addEventListener("click", () => showLarge(at - 1));
$("next").addEventListener("click", () => showLarge(at + 1));
$("command").addEventListener("focus", () => $("command").select());
follow((news, before) => { take(news, before); if (news.open) showLine(); });

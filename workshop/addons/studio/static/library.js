"use strict";
// Your documents: one line at a time beside its card; yes, another card, none, or skip.
let shelf = { cards: [], lines: [] }, line = 0, lookLater = 0;

function showLibrary() {
  const { library, given, choice } = state;
  $("library").hidden = !given?.documents.length || !choice.worlds?.length;
  $("library-again").hidden = !library;
  $("library-open").textContent = !library ? "Make them the workshop’s library" : library.wait ? `Decide on ${many(library.wait, "line")}` : "Look at the questions";
  $("library-said").textContent = !library ? "Until then one slide shows them, and the others speak of an example."
    : `${library.lines - library.wait} of ${many(library.lines, "question")} decided.`;
}

async function draft() {
  $("library-said").textContent = "Reading …";
  const { problems, unread } = await send("library/draft");
  trouble(words(problems ?? unread ?? []));
  if (problems) showLibrary();
  return !problems;
}
async function openLibrary() {
  if (!state.library && !(await draft())) return;
  const told = await ask("library");
  if (!told.lines) { if (told.problems) trouble(words(told.problems)); return; }
  shelf = told;
  showShows();
  if (!$("deciding").open) $("deciding").showModal();
  const waiting = shelf.lines.findIndex(({ waits }) => waits);
  showQuestion(waiting < 0 ? 0 : waiting);
}
const showShows = () => $("shows").replaceChildren(...shelf.shows.map((text) => make("li", {}, text)));

function showQuestion(k) {
  line = Math.max(0, k);
  const left = shelf.lines.filter(({ waits }) => waits).length, ended = line >= shelf.lines.length;
  $("line-title").textContent = ended ? (left ? `${many(left, "line")} skipped` : "All decided") : `Would this card answer? ${line + 1} of ${shelf.lines.length}`;
  for (const id of ["line-asked", "line-card", "line-yes", "line-none", "line-skip", "line-strike"]) $(id).hidden = ended;
  $("line-other").parentElement.hidden = ended;
  $("line-back").disabled = line === 0;
  if (ended) { say($("line-title").textContent); return; }
  const { question, card, waits, sure, then } = shelf.lines[line], found = shelf.cards.find(({ id }) => id === card);
  if (!found) $("line-title").textContent = `Does really no card answer? ${line + 1} of ${shelf.lines.length}`;
  $("line-asked").textContent = `“${question}”`;
  $("card-title").textContent = found?.title ?? "No card";
  $("card-text").textContent = found?.text ?? "The search may find one all the same, and a slide shows that.";
  $("card-near").textContent = sure == null ? "" : `Nearness ${sure.toFixed(2)}, of the next card ${then.toFixed(2)}${waits ? "" : "; decided"}`;
  $("line-yes").textContent = found ? "Yes, this card answers it" : "Right, none does";
  $("line-none").hidden = $("line-strike").hidden = !found;
  $("line-other").replaceChildren(make("option", { value: "" }, "Choose …"), ...shelf.cards.filter(({ id }) => id !== card).map(({ id, title }) => make("option", { value: id }, title)));
  $("line-yes").focus();
  say(`${question}. ${$("card-title").textContent}`);
}

async function decide(card) {
  const now = shelf.lines[line];
  if (!(await tell("library", { question: now.question, card }))) return;
  [now.card, now.waits] = [card, false];
  showQuestion(line + 1);
  clearTimeout(lookLater);
  lookLater = setTimeout(look, 700);
}
async function strike() {
  const { card } = shelf.lines[line], title = $("card-title").textContent;
  if (!(await tell("library/strike", { card }))) return;
  await openLibrary();
  say(`“${title}” is struck. ${$("line-title").textContent}`, true);
}
async function look() {
  const told = await ask("library");
  if (told.shows) { shelf.shows = told.shows; showShows(); }
}

$("library-open").addEventListener("click", openLibrary);
$("library-again").addEventListener("click", draft);
$("line-yes").addEventListener("click", () => decide(shelf.lines[line].card));
$("line-none").addEventListener("click", () => decide("none"));
$("line-strike").addEventListener("click", strike);
$("line-skip").addEventListener("click", () => showQuestion(line + 1));
$("line-back").addEventListener("click", () => showQuestion(line - 1));
$("line-other").addEventListener("change", ({ target }) => { if (target.value) decide(target.value); });
$("deciding").addEventListener("close", () => { $("library-open").focus(); askPlan(); });

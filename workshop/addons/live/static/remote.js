"use strict";
// The remote: what comes next as one large button, who is missing, hands and paper, and the notes of the slide.
const LETTERS = "ABCDEFGH";
// What can't be taken back asks once more.
const SURE = { end: "Yes, end it for everybody", "take back": "Yes, and they can join again" };
let sure = "";
function button(text, what, main) {
  const asks = what.event in SURE, press = () => { if (asks && sure !== what.event) { sure = what.event; bar(); others(); } else { sure = ""; tell(what); } };
  return make("button", { type: "button", class: main ? "main" : false, "data-do": what.event, onclick: press }, asks && sure === what.event ? SURE[what.event] : text);
}
let state = { number: -1 };
async function tell(what) {
  try {
    const answer = await fetch("do", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(what), signal: timed(20).signal });
    if (answer.status === 403 || answer.status === 404) { lost("This remote no longer works. Scan the new code on the computer."); return {}; }
    const told = await answer.json();
    $("said").textContent = told.told ?? "";
    return told;
  } catch {
    $("said").textContent = "The room couldn’t be reached. Try again.";
    return {};
  }
}

// ---------------------------------------------------------------- what can be done now: one thing large, the others beside it
const ADVICE = { hint: "Few are right: read out the hint, and let them vote again.", again: "Let them talk, and vote again.", tell: "Most are right: ask one of them to say why." };
const NEXT = () => [state.last ? "End the workshop" : "Next", { event: state.last ? "end" : "next" }], BACK = ["Back", { event: "back" }];
const ACTS = {
  lobby: () => [["Begin", { event: "next" }]],
  shown: () => state.next_poll ? [["Open the question", { event: "open" }], NEXT(), BACK] : [NEXT(), BACK],
  open: () => [["Close", { event: "close" }]],
  shut: () => {
    const { kind } = state.poll, both = [[kind === "quiz" ? "Done" : "Show", { event: "show" }]];
    if (kind === "bet" && state.round === 1) both.push(["Vote again", { event: "again" }]);
    return ["hint", "again"].includes(state.advice) ? both.reverse() : both;
  },
  told: () => [NEXT(), BACK],
  paused: () => [["Go on", { event: "resume" }]],
  ended: () => [],
};
function bar() {
  const acts = ACTS[state.phase]();
  const what = JSON.stringify([acts, sure]);
  if ($("bar").dataset.what === what) return;
  const kept = $("bar").contains(document.activeElement);
  $("bar").dataset.what = what;
  $("bar").replaceChildren(...acts.map(([text, what], k) => button(text, what, k === 0)));
  if (kept) $("bar").querySelector("button")?.focus();
}
function others() {
  const { phase, slide } = state, on = !["paused", "ended"].includes(phase), asks = phase === "shown" && slide;
  $("others").replaceChildren(...[on && button("Pause the room", { event: "pause" }), button(state.blank ? "Show the slide again" : "Blank the wall", { event: "blank" }),
    on && phase !== "lobby" && button(state.large ? "Back from the lobby" : "Show the lobby on the wall", { event: "large" }), phase !== "ended" && button(state.coded ? "Take the small code away" : "Put the small code back", { event: "code" }),
    asks && button("Ask for a number", { event: "open", question: `number:${slide.id}` }), asks && button("Ask for one word", { event: "open", question: `word:${slide.id}` }), state.guests > 0 && phase !== "ended" && button(`Take back the seats of ${people(state.guests)}`, { event: "take back" }),
    ...(state.door ?? []).filter(({ no }) => no).map((one) => button(`Let in, after all: ${waiting(one)}`, { event: "let in", text: one.id })), phase !== "ended" && button("End the workshop", { event: "end" })].filter(Boolean));
  for (const one of $("others").children) one.classList.add("wide");
}
// ---------------------------------------------------------------- parts
function hands() {
  const { poll, phase, round } = state, items = poll && poll.kind !== "quiz" ? poll.items : [], counted = `${poll?.id} ${round}`;
  $("hands").hidden = !["open", "shut"].includes(phase) || !items.some(({ options }) => options.length);
  const rows = items.flatMap(({ id, options }, n) => options.map((option, k) => ({ id, option, letter: LETTERS[k], name: `${items.length > 1 ? `${n + 1} ` : ""}${LETTERS[k]}` })));
  const raised = ({ id, letter }) => state.hands?.[id]?.[letter] ?? 0;
  const raise = (row, by) => tell({ event: "hands", question: row.id, pick: row.letter, count: Math.max(0, raised(row) + by) });
  if ($("rows").dataset.of !== counted) {
    $("rows").dataset.of = counted;
    $("rows").replaceChildren(...rows.map((row) => make("div", { class: "hand", title: row.option }, make("b", {}, row.name),
      make("button", { type: "button", "aria-label": `One hand fewer for ${row.name}`, onclick: () => raise(row, -1) }, "−"), make("output", { "aria-label": `Hands for ${row.name}` }),
      make("button", { type: "button", "aria-label": `One more hand for ${row.name}`, onclick: () => raise(row, 1) }, "+"))));
  }
  rows.forEach((row, k) => { $("rows").children[k].querySelector("output").textContent = raised(row); });
}
const waiting = ({ wait }) => `${wait} ${wait === 1 ? "phone waits" : "phones wait"}`;
function door(one) {
  if (one.why === "guests") return `${people(one.holds)} for ${one.people} people: let more in? ${waiting(one)}.`;
  if (!one.holds) return `A phone comes from an address that you turned away: let it in? ${waiting(one)}.`;
  return `Several phones come from one address: let them in? It holds ${one.holds} ${one.holds === 1 ? "seat" : "seats"}; ${waiting(one)}.`;
}
function claim({ seat, free, has, changed }) {
  const who = free || has ? `The phone that has ${has} says it is ${seat}.` : `A second phone says it is ${seat}.`;
  return changed ? `${who} This tag has changed hands ${changed === 1 ? "once" : changed === 2 ? "twice" : `${changed} times`}.` : who;
}
function asks() {
  const rows = [...(state.asks ?? []).map((one) => [claim(one), ["Let it in", { event: "yes", seat: one.seat }], ["No", { event: "no", seat: one.seat }]]),
    ...(state.door ?? []).filter(({ no }) => !no).map((one) => [door(one), [one.wait === 1 ? "Let it in" : "Let them in", { event: "let in", text: one.id }], ["No", { event: "keep out", text: one.id }]]),
    ...(state.words_waiting ?? []).map((word) => [`“${word}”`, ["Show it", { event: "word", pick: word }], ["No", null]])];
  $("asks").hidden = !rows.length;
  const what = JSON.stringify(rows);
  if ($("asks").dataset.what === what) return;  // a button that is being pressed stays
  $("asks").dataset.what = what;
  $("asks").replaceChildren(...rows.map(([text, yes, no]) => make("div", { class: "box" }, make("p", {}, text), button(yes[0], yes[1], true), " ", no[1] && button(no[0], no[1]))));
}
// what was answered, as on the wall, for the trainer alone before Show
function counts() {
  const { poll, counts: given, before, right, phase } = state;
  const rows = given && poll && poll.kind !== "quiz" && ["shut", "told"].includes(phase) ? poll.items : [];
  $("counts").replaceChildren(...rows.map(({ id, options }, n) => make("p", { class: "counts" }, ...options.map((_, k) => {
    const letter = LETTERS[k];
    return make("span", { class: "letter" }, make("b", {}, `${rows.length > 1 ? n + 1 : ""}${letter}${right?.[id] === letter ? " ✓" : ""}`), `${before?.[id] ? `${before[id][letter] ?? 0} → ` : ""}${given[id]?.[letter] ?? 0}`);
  }))));
}
function clock() {
  const late = Math.round(state.behind ?? 0);
  $("clock").textContent = `${new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}${state.behind == null ? "" : late > 0 ? ` · ${late} min behind` : late < 0 ? ` · ${-late} min ahead` : " · on time"}`;
}

function show(before) {
  if (before.slide?.id !== state.slide?.id || before.phase !== state.phase) sure = "";
  const { phase, slide, poll } = state, on = !["paused", "ended"].includes(phase);
  $("where").textContent = slide ? `${slide.number}${slide.stage ? ` · ${slide.stage}` : ""}${slide.minutes ? ` · ${slide.minutes} min` : ""}` : "";
  $("title").textContent = phase === "lobby" ? there(state) || "Nobody is in yet" : phase === "paused" ? "The room is on a break" : phase === "ended" ? "The workshop has ended" : slide?.title ?? "";
  $("got").textContent = poll && on ? answered(state) : "";
  counts();
  $("advice").textContent = phase === "shut" && state.advice ? ADVICE[state.advice] : "";
  const missing = phase === "open" ? state.missing ?? [] : [];
  $("apart").textContent = state.told_apart?.length ? `Paper counts, not the phone: ${state.told_apart.join(" ")}` : "";
  $("missing").hidden = !missing.length;
  $("missing").textContent = `Missing: ${missing.join(" ")}`;
  hands();
  asks();
  $("notes").replaceChildren(...(on ? slide?.notes ?? [] : []).flatMap(({ label, lines }) => lines.map((line, k) => make("p", {}, k === 0 && label ? make("strong", {}, `${label} `) : null, line.text))));
  $("after").textContent = state.after && on ? `Then: ${state.after}` : "";
  if (state.problem) $("said").textContent = state.problem;
  clock();
  bar();
  others();
  if (before.slide?.id !== slide?.id || before.phase !== phase) scrollTo(0, 0);
  own();
  for (const id of ["papers", "own", "late", "more", "clock"]) $(id).hidden = phase === "ended";
  document.body.dataset.phase = phase;
}

$("paper").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { lines } = await tell({ event: "paper", text: $("lines").value });
  if (!lines) return;
  $("lines").value = "";
  $("counted").replaceChildren(...lines.map((line) => make("li", {}, line)));
});
$("behind").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { offer } = await tell({ event: "late", minutes: Number($("minutes").value) });
  if (!offer) return;
  $("offer").replaceChildren(make("p", {}, offer.told), offer.slides.length ? button("Leave them out", { event: "skip", pick: offer.slides.join(" ") }, true) : "");
});

// A question of the trainer's own: a sentence, two to four answers.
$("own-answers").replaceChildren(...[..."ABCD"].flatMap((letter) => [make("label", { for: `own-${letter}` }, `Answer ${letter}${letter > "B" ? ", if you like" : ""}`), make("input", { id: `own-${letter}`, maxlength: 60, autocomplete: "off" })]));
function own() {
  const text = $("own-text").value.trim(), given = [...$("own-answers").querySelectorAll("input")].map((one) => one.value.trim()), answers = given.filter(Boolean);
  const why = state.phase !== "shown" ? "It can be asked while a slide is shown and nothing is open." : !text ? "Write a question." : answers.length < 2 ? "Write at least two answers." : given.slice(0, answers.length).some((one) => !one) ? "Leave no answer out in between." : "";
  put("own-why", why);
  $("own-ask").disabled = Boolean(why);
  return [text, ...answers];
}
$("asking").addEventListener("input", own);
$("asking").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { told } = await tell({ event: "own", pick: own().join("\n") });
  if (told) return;
  $("asking").reset();
  $("own").open = false;
});

async function follow() {
  for (let pause = 0.7; ;) {
    try {
      const answer = await fetch(`news?after=${state.number}`, { signal: timed(30).signal });
      if (answer.status === 403 || answer.status === 404) { lost("This remote no longer works. Scan the new code on the computer."); return; }
      if (!answer.ok) throw new Error(String(answer.status));
      const before = state;
      state = await answer.json();
      lost("");
      pause = 0.7;
      show(before);
    } catch {
      lost("Looking for the room …");
      await wait(pause);
      pause = Math.min(6, 2.1 * pause);
      state.number = -1;
    }
  }
}
setInterval(clock, 10000);
follow();

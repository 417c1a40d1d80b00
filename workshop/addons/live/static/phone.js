"use strict";
// A phone in the room: one thing at a time. What it shows comes from the server; what is tapped goes there until it is taken.
const LETTERS = "ABCDEFGH";
let state = { number: -1 }, shown = "", sending = 0;
const AWAY = "Looking for the room … You can also hold up your letter.";
const MOMENT = "One moment …";
const said = (text) => put("said", text);

// Send until the room has it: 0.7, 1.4, 3 seconds later, and so on.
async function send(path, what) {
  const mine = ++sending;
  for (let pause = 0.7; ; pause = Math.min(6, 2.1 * pause)) {
    try {
      const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(what), signal: timed(5).signal });
      if (answer.status !== 429 && answer.status < 500) {
        const told = await answer.json();
        lost("");
        if (told.state && mine === sending) take(told.state);
        return told;
      }
    } catch { lost(AWAY); }
    await wait(pause);
    if (mine !== sending) return {};  // something newer was tapped
  }
}

// The room's answer to what was sent is what this phone shows next; whoever got a seat asks for news of that seat from now on.
function take(next) {
  if (next.number < state.number) return;
  const sat = next.seat !== state.seat;
  state = next;
  show();
  if (sat) asking.abort();
}

// ---------------------------------------------------------------- what is on the screen
const hint = (text) => make("p", { class: "hint" }, text);
const wide = (text, onclick, main) => make("button", { type: "button", class: main ? "wide main" : "wide", onclick }, text);
function field(id, label, attributes, button, go) {
  const input = make("input", { id, autocomplete: "off", spellcheck: "false", required: true, ...attributes });
  const form = make("form", {}, make("label", { for: id }, label), input, make("button", { class: "wide main" }, button));
  form.onsubmit = (event) => { event.preventDefault(); go(input.value.trim()); };
  return form;
}
async function sit(code) {
  said(MOMENT);
  const { told } = await send("seat", { code });
  if (told || $("said").textContent === MOMENT) said(told ?? "");
}
function seat() {
  return ["Your number", hint("It is on your name tag, or on your leaf: for example 7, or 07M."), field("code", "Number", { autocapitalize: "characters", maxlength: "6" }, "Join", sit), wide("I have no number", () => sit(""))];
}
// A poll has one question, or several, one after the other.
let at = 0;
const item = () => state.poll?.items[at];
const picked = (one = item()) => state.picks?.[one?.id];
const place = () => item()?.options.length ? LETTERS.indexOf(picked() || "?") : -1;
async function answer(pick) {
  const { id } = item(), { round } = state, sure = $("sure")?.checked ?? false, before = picked();
  state.picks = { ...state.picks, [id]: pick };
  state.sure = { ...state.sure, [id]: sure };
  mark();
  said("Sending …");
  const { told, late } = await send("answer", { question: id, round, pick, sure });
  if (late) { state.picks = { ...state.picks, [id]: before }; mark(); }
  said(told ?? IN);
}
function mark() {
  document.querySelectorAll(".pick").forEach((button, k) => button.setAttribute("aria-pressed", String(k === place())));
}
function turn(by) {
  at += by;
  draw();
}
function question() {
  const { poll: { kind, items }, round } = state, { id, text, options } = item();
  if (kind === "number") return [text, field("value", "Your number", { inputmode: "decimal", maxlength: "12", value: picked() }, "Send", answer)];
  if (kind === "word") return [text, field("value", "One word", { maxlength: "20", value: picked() }, "Send", answer)];
  if (state.poll.each) return sorted(text, options, state.poll.each);
  const buttons = options.map((option, k) => make("button", { type: "button", class: "pick", "aria-pressed": String(k === place()), onclick: () => answer(LETTERS[k]) }, make("b", { "aria-hidden": "true" }, LETTERS[k]), make("span", {}, make("span", { class: "unseen" }, `${LETTERS[k]}: `), option)));
  const sure = make("input", { type: "checkbox", id: "sure", checked: Boolean(state.sure?.[id]) });
  sure.onchange = () => { if (picked()) answer(picked()); };
  const turns = items.length > 1 ? make("div", { class: "turns" }, make("button", { type: "button", disabled: at === 0, onclick: () => turn(-1) }, "← Back"), at + 1 < items.length ? make("button", { type: "button", class: "main", onclick: () => turn(1) }, "Next →") : make("p", {}, "That was the last one.")) : null;
  return [text, items.length > 1 ? hint(`Question ${at + 1} of ${items.length}`) : null, round > 1 ? hint("Once more, after talking. Choose again, or the same.") : null,
    make("div", { role: "group", class: "picks", "aria-label": "Answers" }, ...buttons), state.poll.sure ? make("label", { class: "tick" }, sure, "I am sure") : null, turns];
}
// Things sorted by letters: a stepper for each letter, and no more of them than there are things.
function sorted(text, options, most) {
  const now = picked() ? picked().split("-").map(Number) : options.map(() => 0), full = now.reduce((sum, count) => sum + count, 0) >= most;
  const step = (k, by) => { now[k] += by; answer(now.join("-")).then(draw); draw(); };
  return [text, hint(`Sort ${most} by their letters.`), ...options.map((option, k) => make("div", { class: "sort" }, make("b", {}, LETTERS[k]), make("span", {}, option),
    make("button", { type: "button", "aria-label": `One fewer: ${option}`, disabled: now[k] === 0, onclick: () => step(k, -1) }, "−"), make("output", { "aria-label": option }, String(now[k])),
    make("button", { type: "button", "aria-label": `One more: ${option}`, disabled: full, onclick: () => step(k, 1) }, "+")))];
}
function line() {
  const copy = make("textarea", { id: "line", readonly: true, rows: 3 }, state.line);
  return ["Thank you. That was all.", make("label", { for: "line" }, "Your line"), copy, hint("All your answers, to keep. Nobody has your name."), wide("Copy it", () => { copy.select(); document.execCommand("copy"); said("Copied."); })];
}
const IN = "Your answer is in. You can change it until it’s closed.";
const DOOR = { address: "Several phones come from one address. Your trainer can let you in.", guests: "There are more guests than seats. Your trainer can let you in." };
function screen() {
  if (state.phase === "ended") return line();
  if (state.waits) return ["One moment, please", hint(`Another phone already has ${state.waits}. Your trainer can let you in.`)];
  if (!state.seat && state.door) return ["One moment, please", hint(DOOR[state.door])];
  if (!state.seat) return seat();
  if (state.phase === "paused") return ["A short break", hint("This page goes on by itself.")];
  if (state.phase === "open") return question();
  if (state.phase === "shut") return ["It’s closed. Look at the wall.", mine()];
  return ["Look at the wall", hint("When there is a question, it comes here by itself."), state.phase === "told" ? mine() : null];
}
// One's own answer stays, and beside it the right one, once it was shown.
function mine() {
  const { poll, right } = state;
  if (!poll || poll.kind === "quiz" || !picked(poll.items[0])) return null;
  if (poll.items.length > 1) return hint(`Your answers: ${poll.items.map((one, n) => `${n + 1} ${picked(one) ?? "–"}`).join(", ")}`);
  const { id, options } = poll.items[0], own = picked(), fits = right?.[id];
  if (!options.length || poll.each) return hint(`Your answer: ${own}`);
  const card = (label, letter, look) => make("p", { class: `card ${look}` }, make("span", {}, label), make("b", {}, letter), make("span", {}, options[LETTERS.indexOf(letter)]));
  return make("div", { class: "cards" }, card(fits === own ? "You, and right ✓" : "You", own, fits === own ? "right" : "own"), fits && fits !== own ? card("Right ✓", fits, "right") : null);
}

function draw() {
  const [title, ...parts] = screen();
  $("title").textContent = title;
  $("inside").replaceChildren(...parts.filter(Boolean));
  said(state.phase === "open" && state.seat && picked() ? IN : "");
  if (shown) { $("title").focus({ preventScroll: true }); scrollTo(0, 0); }
}
function show() {
  $("who").hidden = !state.seat;
  $("seat").textContent = state.seat ?? "";
  const what = JSON.stringify([state.phase, state.poll?.id, state.round, state.seat, state.waits, state.door, state.line, state.right]);
  if (what === shown) { mark(); return; }
  at = Math.max(0, state.poll?.items.findIndex(({ id }) => !state.picks?.[id]) ?? 0);
  draw();
  shown = what;
  document.body.dataset.phase = state.seat ? state.phase : "seat";
}

// A phone that was asleep or without a network asks again at once.
let asking = new AbortController();
addEventListener("offline", () => lost(AWAY));
const again = () => { state.number = -1; asking.abort(); };
addEventListener("online", again);
document.addEventListener("visibilitychange", () => { if (!document.hidden) again(); });

// A seat has one page that waits for news: this one goes on when it is used again.
const here = () => new Promise((go) => ["focus", "pointerdown", "keydown", "pageshow"].forEach((event) => addEventListener(event, go, { once: true })));
async function follow() {
  for (let pause = 0.7; ;) {
    try {
      asking = timed(30);
      const answer = await fetch(`news?after=${state.number}`, { signal: asking.signal });
      if (answer.status === 409) { lost((await answer.json()).told); await here(); continue; }
      if (!answer.ok) throw new Error(String(answer.status));
      state = await answer.json();
      lost("");
      pause = 0.7;
      show();
    } catch {
      if (asking.signal.aborted) continue;
      state.number = -1;
      lost(AWAY);
      await wait(pause);
      pause = Math.min(6, 2.1 * pause);
    }
  }
}
follow();

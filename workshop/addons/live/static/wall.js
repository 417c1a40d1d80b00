"use strict";
// The wall: lobby, slides, how many have answered, and what, once the trainer shows it.
const LETTERS = "ABCDEFGH";
let state = { number: -1 }, drawn = "", steps = [];
const pages = new Map();  // slide and its version -> picture and words

async function page({ id, version }) {
  const name = `${id}/${version}`;
  if (!pages.has(name)) {
    const answer = await fetch(`slide/${encodeURIComponent(id)}`);
    if (!answer.ok) throw new Error(String(answer.status));
    pages.set(name, await answer.json());
  }
  return pages.get(name);
}
async function draw(slide) {
  const name = `${slide.id}/${slide.version}`;
  if (name !== drawn) {
    const { svg, words } = await page(slide);
    const picture = document.importNode(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement, true);
    $("picture").replaceChildren(picture);
    $("words").replaceChildren(...document.importNode(new DOMParser().parseFromString(words, "text/html").body, true).childNodes);
    const [, , width, height] = picture.getAttribute("viewBox").split(" ").map(Number);
    document.documentElement.style.setProperty("--ratio", width / height);
    steps = waits(picture);
    drawn = name;
  }
  steps.forEach((parts, k) => parts.forEach((part) => part.classList.toggle("waits", k >= (state.click ?? 0))));
}

// A poll has no right letter: what the room found stands beside what the toy did, each as a share of its own whole.
function bars({ items: [{ options }], toy }, counted) {
  const all = Math.max(1, options.reduce((sum, _, k) => sum + (counted[LETTERS[k]] ?? 0), 0));
  const bar = (share, text, own) => {
    const drawn = make("i");
    drawn.style.width = `${Math.round(100 * share)}%`;  // the page's policy allows no style in an attribute
    return make("span", { class: own ? "bar own" : "bar" }, drawn, make("span", {}, text));
  };
  return options.map((_, k) => {
    const count = counted[LETTERS[k]] ?? 0, known = (toy[k] ?? -1) >= 0;
    return make("span", { class: "poll" }, make("b", {}, LETTERS[k]), make("span", { class: "bars" }, bar(known ? toy[k] : 0, known ? `toy ${Math.round(100 * toy[k])}%` : "toy –"), bar(count / all, `you ${count}`, true)));
  });
}
function counts() {
  const { phase, poll, round } = state;
  if (!poll) return [];
  const done = answered(state), again = round > 1 ? ", again" : "";
  if (phase === "open") return [make("span", { class: "open" }, `${done}${again}`)];
  if (phase === "shut" || poll.kind === "quiz") return [make("span", {}, `Closed: ${done}${again}`)];
  if (state.words.length) return state.words.map(({ word, count }) => make("span", { class: "letter" }, make("b", {}, word), count > 1 ? String(count) : null));
  if (state.numbers.length) return ["You said", ...state.numbers.map((number) => make("span", { class: "letter" }, make("b", {}, String(number))))];
  if (poll.kind === "poll" && state.counts) return bars(poll, state.counts[poll.items[0].id]);
  const rows = state.counts ? poll.items.flatMap(({ id, options }, n) => options.map((_, k) => {
    const letter = LETTERS[k], right = state.right?.[id] === letter, now = state.counts[id]?.[letter] ?? 0, before = state.before?.[id];
    return make("span", { class: right ? "letter right" : "letter" }, make("b", {}, `${poll.items.length > 1 ? n + 1 : ""}${letter}${right ? " ✓" : ""}`), before ? `${before[letter] ?? 0} → ${now}` : String(now));
  })) : [];
  return rows.length ? ["You said", ...rows] : [make("span", {}, done)];
}

async function show() {
  const { phase, room, slide } = state, paused = phase === "paused", ended = phase === "ended";
  document.title = `${room.title} · Wall`;
  $("name").textContent = room.title;
  $("address").textContent = room.address;
  $("net").textContent = room.wifi ? `Wi-Fi: ${room.wifi}, not mobile data` : "on this room’s Wi-Fi, not mobile data";
  $("join").hidden = !room.joins;
  if (room.joins) $("join-code").src = "wifi.svg";
  $("wifi").textContent = room.wifi ? `First join “${room.wifi}”` : "";
  $("seats").textContent = there(state);
  $("where").textContent = phase === "lobby" || ended ? "" : state.following ? "updating with your votes …" : `${room.wifi ? `Wi-Fi: ${room.wifi}, not mobile data · ` : ""}${room.address}`;
  $("lobby").hidden = phase !== "lobby";
  $("shown").hidden = phase === "lobby" || !slide;
  document.body.classList.toggle("blank", Boolean(state.blank));
  $("over").hidden = !(paused || ended || state.blank);
  $("over").firstElementChild.textContent = state.blank ? "" : paused ? "A short break" : ended ? "Thank you" : "";
  $("title").textContent = phase === "lobby" ? room.title : slide?.title ?? room.title;
  if (slide && phase !== "lobby") await draw(slide);
  const rows = paused || ended || phase === "lobby" ? [] : counts(), text = rows.map((row) => row.textContent ?? row).join();
  if ($("count").dataset.text !== text) { $("count").dataset.text = text; $("count").replaceChildren(...rows); }
  say(phase === "lobby" ? $("seats").textContent : $("count").innerText);
  document.body.dataset.phase = phase;
  document.body.dataset.state = state.number;
  if (slide?.next) page(slide.next).catch(() => {});
}

addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "f" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen();
});

async function follow() {
  for (;;) {
    try {
      const answer = await fetch(`news?after=${state.number}`);
      if (!answer.ok) throw new Error(String(answer.status));
      state = await answer.json();
      document.body.classList.remove("lost");
      await show();
    } catch {
      document.body.classList.add("lost");
      $("where").textContent = "The room is closed, or the app has ended.";
      state.number = -1;
      await wait(1);
    }
  }
}
follow();

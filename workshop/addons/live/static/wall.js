"use strict";
// The wall: lobby, slides, how many have answered, and what, once the trainer shows it.
let state = { number: -1 }, drawn = "", steps = [];
const pages = new Map();  // slide and its version -> picture and words
const NUMBERED = 60;  // seats that are large enough for a number

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

function counts() {
  const { phase, poll, round } = state, again = round > 1 ? ", again" : "";
  if (!poll) return "";
  return phase === "open" || phase === "told" ? `${answered(state)}${again}` : `Closed: ${answered(state)}${again}`;
}
function tell() {
  const rows = results(state), what = JSON.stringify([rows.length, state.poll, state.counts, state.before, state.right, state.words, state.numbers]);
  $("result").hidden = !rows.length;
  $("picture").hidden = Boolean(rows.length);
  if ($("rows").dataset.what === what) return;
  $("rows").dataset.what = what;
  $("rows").replaceChildren(...rows);
  if (!rows.length) return;
  $("rows").className = ["bet", "ballot", "poll", "own"].includes(state.poll.kind) ? state.poll.kind : "singles";
  $("asked").textContent = state.poll.items.length > 1 ? state.poll.name : state.poll.items[0].text;
  fit($("result"));
}
// A seat for each tag that is expected, and one more for each that came besides; those that are in are lit.
function light() {
  const lit = new Set(state.lit), most = Math.max(state.people, ...lit, 0), what = JSON.stringify([state.lit, state.people]);
  if ($("places").dataset.what === what) return;
  $("places").dataset.what = what;
  $("places").className = most > NUMBERED ? "small" : "";
  $("places").replaceChildren(...Array.from({ length: Math.min(most, 400) }, (_, k) => make("span", { class: lit.has(k + 1) ? "lit" : false }, most > NUMBERED ? null : String(k + 1))));
}
function lobby() {
  const { phase, room } = state;
  $("name").textContent = phase === "paused" ? "A short break" : phase === "lobby" ? room.title : "You can still join";
  $("address").textContent = room.address;
  $("net").textContent = room.wifi ? `Wi-Fi: ${room.wifi}, not mobile data` : "on this room’s Wi-Fi, not mobile data";
  $("join").hidden = !room.joins;
  if (room.joins && !$("join-code").getAttribute("src")) $("join-code").src = "wifi.svg";
  $("wifi").textContent = room.wifi ? `First join “${room.wifi}”` : "";
  $("seats").textContent = there(state);
  light();
}

async function show() {
  const { phase, room, slide } = state, ended = phase === "ended", large = phase === "lobby" || phase === "paused" || (state.large && !ended);
  document.title = `${room.title} · Wall`;
  lobby();
  put("where", room.address);
  put("notice", state.following ? "updating with your votes …" : "");
  $("lobby").hidden = !large;
  document.body.classList.toggle("large", large);
  $("shown").hidden = large || !slide;
  $("corner").hidden = large || ended || !state.coded;
  document.body.classList.toggle("coded", !$("corner").hidden);
  document.body.classList.toggle("blank", Boolean(state.blank));
  $("over").hidden = !(ended || state.blank);
  $("over").firstElementChild.textContent = ended && !state.blank ? "Thank you" : "";
  $("title").textContent = phase === "lobby" ? room.title : slide?.title ?? room.title;
  if (slide && phase !== "lobby") await draw(slide);
  put("count", large || ended ? "" : counts());
  $("count").classList.toggle("open", phase === "open");
  tell();
  say(phase === "lobby" ? $("seats").textContent : $("result").hidden ? $("count").textContent : $("result").innerText);
  document.body.dataset.phase = phase;
  document.body.dataset.state = state.number;
  if (slide?.next) page(slide.next).catch(() => {});
}

const press = (event) => fetch("../room/do", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ event }) }).catch(() => {});
addEventListener("keydown", (event) => {
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (key === "l") press("large");
  if (key === "q") press("code");
  if (key !== "f") return;
  if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen();
});
addEventListener("resize", () => { if (!$("result").hidden) fit($("result")); });

async function follow() {
  for (;;) {
    try {
      const answer = await fetch(`news?after=${state.number}`);
      if (!answer.ok) throw new Error(String(answer.status));
      state = await answer.json();
      await show();
    } catch {
      put("notice", "The room is closed, or the app has ended.");
      state.number = -1;
      await wait(1);
    }
  }
}
follow();

// The deck's page: which section is shown, its clicks, and the presenter's window, which leads and follows.
const sections = new Map([...document.querySelectorAll("section.slide")].map((section) => [section.dataset.id, section]));
const pictures = JSON.parse($("pictures").textContent);
for (const image of document.querySelectorAll("[data-picture]")) image.setAttribute("href", pictures[image.dataset.picture]);

// what appears on each click: the numbered ones, then those of drawings, which count by themselves
function waits(section) {
  const found = [], offsets = new Map([[null, 0]]);
  for (const own of [null, ...section.querySelectorAll("[data-own]")]) {
    const before = found.length, steps = [...section.querySelectorAll("[data-step]")].filter((part) => part.closest("[data-own]") === own);
    offsets.set(own, before);
    for (const step of new Set(steps.map((part) => Number(part.dataset.step)).sort((a, b) => a - b))) found.push(steps.filter((part) => Number(part.dataset.step) === step));
  }
  return found;
}
const clicks = new Map([...sections].map(([id, section]) => [id, waits(section)]));

const speaks = document.body.classList.contains("speaks");
const presents = location.hash.startsWith("#presenter");
let other = null;
const began = Date.now();

deck.slides = [...sections.values()].map((section) => ({
  id: section.dataset.id, number: Number(section.dataset.number), title: section.querySelector("h2").textContent,
  away: "away" in section.dataset, minutes: Number(section.dataset.minutes || 0), clicks: clicks.get(section.dataset.id).length,
}));
deck.address = (slide) => presents ? "presenter" : String(slide.number);
deck.show = (slide, done) => {
  const after = deck.slides.slice(place(slide.id) + 1).find((one) => !one.away);
  for (const [id, section] of sections) {
    section.classList.toggle("on", id === slide.id);
    section.classList.toggle("next", presents && id === after?.id);
  }
  clicks.get(slide.id).forEach((parts, place) => parts.forEach((part) => part.classList.toggle("waits", place >= done)));
  if (presents && after) clicks.get(after.id).forEach((parts) => parts.forEach((part) => part.classList.remove("waits")));
  tick();
  tell({ id: slide.id, clicks: done, black: document.body.classList.contains("black") });
};

let told = "";
function tell(state) {
  const text = JSON.stringify(state);
  if (text !== told) other?.postMessage(text, "*");
  told = text;
}
addEventListener("message", (event) => {
  if (!other || event.source !== other) return;
  if (event.data === "hello") { told = ""; go(deck.current, deck.clicks); return; }
  const state = JSON.parse(event.data);
  told = event.data;
  document.body.classList.toggle("black", state.black);
  if (sections.has(state.id)) go(state.id, state.clicks);
});

function present() {
  if (!speaks || presents) return;
  other = window.open(`${location.href.split("#")[0]}#presenter`, "presenter", "width=1100,height=760");
  if (!other) $("blocked").showModal();
}

function tick() {
  if (!presents) return;
  const at = place(deck.current), { minutes } = deck.slides[at], passed = Math.floor((Date.now() - began) / 60000);
  const spent = deck.slides.slice(0, at).reduce((sum, slide) => sum + (slide.away ? 0 : slide.minutes), 0);
  const plan = minutes ? ` · ${minutes} min on this slide, ${spent} min before it` : "";
  $("clock").textContent = `${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })} · ${passed} min since the start · ${counted(deck.slides[at])}${plan}`;
}

function black() {
  document.body.classList.toggle("black");
  const on = document.body.classList.contains("black");
  $("say").textContent = on ? "The screen is black" : "The slide is shown again";
  tell({ id: deck.current, clicks: deck.clicks, black: on });
}
Object.assign(deck.keys, { b: black, s: present, t: () => document.body.classList.toggle("text"), "?": () => $("help").showModal() });
document.body.classList.add("runs");
document.body.classList.toggle("presents", presents);
go(slideOf(location.hash)?.id || deck.slides[0]?.id);
if (presents) {
  other = window.opener;
  other?.postMessage("hello", "*");
  setInterval(tick, 5000);
}

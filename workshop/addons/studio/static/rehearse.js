"use strict";
// Rehearse: this slide, the next one, what to say in large type, and the minutes; those of a run can be kept.
let here = 0, clicked = 0, hiding = [], began = 0, since = 0, spent = null;  // spent: slide as it was written -> seconds, of a run that is recorded

// A slide that was split has its minutes once.
const minutesOf = (k) => slides.findIndex(({ source }) => source === slides[k]?.source) === k ? slides[k].minutes : 0;
const begins = (k) => slides.slice(0, k).reduce((sum, _, place) => sum + minutesOf(place), 0);
const two = (number) => String(number).padStart(2, "0");
const shortly = (seconds) => `${seconds < 0 ? "−" : ""}${Math.floor(Math.abs(seconds) / 60)}:${two(Math.floor(Math.abs(seconds) % 60))}`;

function turnTo(k, click = 0) {
  if (spent && since) spent[slides[here].source] = (spent[slides[here].source] ?? 0) + (Date.now() - since) / 1000;
  [here, clicked, since] = [Math.max(0, Math.min(slides.length - 1, k)), click, Date.now()];
  began ||= since;
  showSlide();
}
function showSlide() {
  const slide = slides[here], shown = drawn(slide.id, "r"), after = slides[here + 1];
  hiding = waits(shown);
  if (clicked < 0) clicked = hiding.length;
  hiding.forEach((parts, k) => parts.forEach((part) => part.classList.toggle("waits", k >= clicked)));
  shown.setAttribute("role", "img");
  shown.setAttribute("aria-label", slide.title);
  $("now").replaceChildren(shown);
  $("then").replaceChildren(after ? drawn(after.id, "t") : make("p", {}, "This is the last slide."));
  $("then-title").textContent = after ? `Next: ${after.title}` : "The end";
  $("rehearse-title").textContent = `${slide.number} of ${slides.length}: ${slide.title}`;
  $("say-this").replaceChildren(...noted(slide));
  $("back-one").disabled = !here && !clicked;
  $("on-one").disabled = !after && clicked >= hiding.length;
  tick();
}
function go(by) {
  if (by > 0 && clicked < hiding.length || by < 0 && clicked) { clicked += by; showSlide(); }
  else if (slides[here + by]) turnTo(here + by, by < 0 ? -1 : 0);
}
const clockOf = (time) => new Date(time).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
function tick() {
  if ($("rehearse").hidden || !began || !slides[here]) return;
  const minutes = minutesOf(here), on = (Date.now() - since) / 1000, left = 60 * minutes - on;
  const late = Math.round((Date.now() - began) / 60000 - begins(here) - Math.min(on / 60, minutes));
  $("left").value = minutes ? Math.max(0, left / 60 / minutes) : 0;
  put("left-said", minutes ? `${shortly(left)} of ${minutes} min left` : "no minutes of its own");
  put("pace", `${clockOf(Date.now())} · ${late > 0 ? `${late} min behind` : late < 0 ? `${-late} min ahead` : "on time"} · you’d end at ${clockOf(Date.now() + 60000 * (begins(slides.length) - begins(here) - Math.min(on / 60, minutes)))}`);
}
setInterval(tick, 500);

$("record-run").addEventListener("click", async () => {
  const run = spent;
  if (!run) { [began, since, spent] = [0, 0, {}]; turnTo(0); }
  else {
    turnTo(here, clicked);
    spent = null;
    if (await tell("rehearsed", run)) put("run-said", `The minutes of ${many(Object.keys(run).length, "slide")} are kept: choose them in Make, under Minutes of the slides.`);
  }
  $("record-run").textContent = spent ? "Stop, and keep the minutes" : "Record this run";
  if (spent) put("run-said", "It is being recorded, from the first slide on.");
});
$("back-one").addEventListener("click", () => go(-1));
$("on-one").addEventListener("click", () => go(1));
addEventListener("keydown", (event) => {
  if ($("rehearse").hidden || event.ctrlKey || event.metaKey || event.altKey) return;
  const by = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
  if (by) { event.preventDefault(); go(by); }
});
$("to-rehearse").addEventListener("click", () => show("rehearse"));

"use strict";
// What every page's script uses: elements, their texts, and words for a screen reader.
const $ = (id) => document.getElementById(id);
function make(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...inside.filter((part) => part != null));
  return element;
}
// A text that stays is not announced again.
const put = (id, text) => { if ($(id).textContent !== text) $(id).textContent = text; };
function lost(text) {
  put("lost", text);
  $("lost").hidden = !text;
}
const wait = (seconds) => new Promise((go) => setTimeout(go, 1000 * seconds));
// A controller that gives up after so many seconds.
function timed(seconds) {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 1000 * seconds);
  return stop;
}
// The parts of a slide that appear click by click.
function waits(svg) {
  const found = [];
  for (const own of [null, ...svg.querySelectorAll("[data-own]")]) {
    const parts = [...svg.querySelectorAll("[data-step]")].filter((part) => part.closest("[data-own]") === own);
    for (const step of new Set(parts.map((part) => Number(part.dataset.step)).sort((a, b) => a - b))) found.push(parts.filter((part) => Number(part.dataset.step) === step));
  }
  return found;
}
// For a screen reader: at most one message in five seconds; what somebody has just done is said at once, and nothing takes its place.
let next = "", quiet = 0;
function say(text, done = false) {
  next = text;
  if (done) { clearTimeout(quiet); quiet = 0; }
  if (quiet || $("say").textContent === next) return;
  $("say").textContent = next;
  quiet = setTimeout(() => { quiet = 0; say(next); }, 5000);
}

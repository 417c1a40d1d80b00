"use strict";
// What every page with slides does: keys, swipes, links, the address, and a word for those who hear which slide it is.
const $ = (id) => document.getElementById(id);
const make = (tag, attributes = {}, ...inside) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== false) element.setAttribute(name, value === true ? "" : value);
  element.append(...inside);
  return element;
};

// slides have id, number, title, away (whether they are skipped) and clicks (how many they wait for)
const deck = { slides: [], current: "", clicks: 0, show: () => {}, keys: {}, ready: () => true, address: (slide) => slide.id, typed: "" };
const place = (id) => deck.slides.findIndex((slide) => slide.id === id);
const slideOf = (hash) => {
  const name = decodeURIComponent(hash.replace(/^#/, ""));
  return deck.slides.find((slide) => slide.id === name) || deck.slides.find((slide) => String(slide.number) === name);
};

const counted = (slide) => slide.away ? `Hidden slide ${slide.number}` : `Slide ${slide.number} of ${deck.slides.filter((one) => !one.away).length}`;

function go(id, clicks = 0) {
  const slide = deck.slides[Math.max(0, place(id))];
  if (!slide) return;
  deck.current = slide.id;
  deck.clicks = Math.min(clicks, slide.clicks || 0);
  deck.show(slide, deck.clicks);
  const said = `${counted(slide)}: ${slide.title}`;
  if ($("say").textContent !== said) $("say").textContent = said;
  history.replaceState(null, "", `#${encodeURIComponent(deck.address(slide))}`);
}

function move(by) {
  const slide = deck.slides[place(deck.current)];
  if (!slide) return;
  if (by > 0 && deck.clicks < (slide.clicks || 0)) return go(slide.id, deck.clicks + 1);
  if (by < 0 && deck.clicks > 0) return go(slide.id, deck.clicks - 1);
  let to = place(deck.current) + by;
  while (deck.slides[to]?.away) to += by;
  if (deck.slides[to]) go(deck.slides[to].id, by < 0 ? Infinity : 0);
}

function enter() {
  const to = slideOf(deck.typed);
  deck.typed = "";
  if (to) go(to.id);
}

function fill() {
  if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen();
}

const MOVES = {
  ArrowRight: () => move(1), ArrowDown: () => move(1), PageDown: () => move(1), " ": () => move(1),
  ArrowLeft: () => move(-1), ArrowUp: () => move(-1), PageUp: () => move(-1),
  Home: () => go(deck.slides[0]?.id), End: () => go(deck.slides.findLast((slide) => !slide.away)?.id), f: fill,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const pressed = document.activeElement?.closest("button, a, select, input");
  if (["SELECT", "INPUT"].includes(pressed?.tagName) && key !== "Escape") return;
  if (/^[0-9]$/.test(key)) { deck.typed += key; return; }
  const act = key === "Enter" && deck.typed ? enter : deck.keys[key] || MOVES[key];
  if (key !== "Enter") deck.typed = "";
  if (!act || !deck.ready(key, pressed)) return;
  event.preventDefault();
  act();
});
document.addEventListener("click", (event) => {
  const to = event.target.closest("[data-to]")?.dataset.to ?? event.target.closest('a[href^="#"]')?.getAttribute("href");
  if (!to) return;
  if (!to.startsWith("#")) window.open(to, "_blank", "noopener");
  else if (slideOf(to)) { event.preventDefault(); go(slideOf(to).id); }
});
let touched = null;
document.addEventListener("touchstart", (event) => { touched = event.touches.length === 1 ? event.touches[0].clientX : null; }, { passive: true });
document.addEventListener("touchend", (event) => {
  const far = touched === null ? 0 : event.changedTouches[0].clientX - touched;
  if (Math.abs(far) > 60) move(far < 0 ? 1 : -1);
});
addEventListener("hashchange", () => { const to = slideOf(location.hash); if (to) go(to.id); });

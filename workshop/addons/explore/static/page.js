'use strict';
// The script of the companion page. It shows states that were computed beforehand, and computes only what depends on typed text;
// every such sum is compared with what Python printed for the same input before anything is drawn.
(() => {
const D = JSON.parse(document.getElementById('pokes').textContent), root = document.documentElement;
root.classList.add('js');
addEventListener('error', () => root.classList.remove('js')); // the page says that it can only be read
const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
const clamp = (x, low, high) => Math.max(low, Math.min(high, x));
const has = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
const SVG = new Set(['svg', 'rect', 'path']);
const el = (tag, attributes = {}, ...children) => {
  const made = SVG.has(tag) ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};
const on = (element, event, does) => element && element.addEventListener(event, does);

const told = (name, values = {}) => D.words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]); // the page's own words

let waiting = 0;
function say(text) { // one message, half a second after the last change
  clearTimeout(waiting);
  waiting = setTimeout(() => { $('#say').textContent = text; }, 500);
}

/* ---------------- numbers, as Python prints them */
function fixed(text, digits, shift = 0) { // decimal text, halves away from zero, thousands separated
  const [mantissa, exponent] = text.split('e'), [whole, part = ''] = mantissa.split('.');
  let figures = whole + part, point = whole.length + Number(exponent || 0) + shift;
  if (point < 0) { figures = '0'.repeat(-point) + figures; point = 0; }
  figures = figures.padEnd(point + digits + 1, '0');
  const up = figures[point + digits] >= '5' ? 1n : 0n;
  const all = (BigInt(figures.slice(0, point + digits) || '0') + up).toString().padStart(digits + 1, '0');
  const left = all.slice(0, all.length - digits).replace(/\B(?=(\d{3})+$)/g, ',');
  return digits ? `${left}.${all.slice(-digits)}` : left;
}
const isZero = text => !/[1-9]/.test(text);
function printed(x, digits, shift = 0) {
  const text = fixed(String(Math.abs(x)), digits, shift);
  if (x * 10 ** shift > 1e-9 && isZero(text)) return '<' + fixed(`1e-${digits}`, digits);
  return (x < 0 && !isZero(text) ? '−' : '') + text;
}
const UNITS = { ratio: x => printed(x, 2), bits: x => printed(x, 2), percent: x => printed(x, 0, 2) + '%', count: x => printed(x, 0) };
const number = text => Number(text.replace('−', '-').replace(/[,<%+]/g, '')) || 0;

/* ---------------- words, and sums over them */
const WORD = /\p{Nd}+(?::\p{Nd}+)+|[\p{L}\p{N}_]+(?:['’][\p{L}\p{N}_]+)*/gu;
const words = text => text.toLowerCase().match(WORD) || [];
function evaluate(tree, names) {
  if (typeof tree === 'number') return tree;
  if (typeof tree === 'string') return names[tree];
  const [sign, ...rest] = tree, [a, b] = rest.map(one => evaluate(one, names));
  return { '+': () => a + b, '-': () => a - b, '*': () => a * b, '/': () => a / b, log2: () => Math.log2(a) }[sign]();
}
function lookup(data, key, word, place) {
  const { rows, size } = data.table, row = has(rows, key) ? rows[key] : {};
  const at = counts => data.by ? (place ? counts[place - 1] : 0) : counts[0];
  const names = { size, count: has(row, word) ? at(row[word]) : 0, total: Object.values(row).reduce((sum, c) => sum + at(c), 0) };
  return evaluate(data.expr, names);
}
function rowOf(data, text) {
  const typed = words(text), { start } = data.table;
  if (data.key === 'words') return typed.join(' ');
  const many = data.key === 'last_two_words' ? 2 : 1;
  return [...(start ? Array(many).fill(start) : []), ...typed].slice(-many).join(' ');
}

/* ---------------- a library: shared words, nearness of meaning, both rankings together, the best sentence */
function stem(word) {
  if (word.length > 4 && word.endsWith('ies')) word = word.slice(0, -3) + 'y';
  else if (word.length > 4 && /(ses|xes|zes|ches|shes)$/.test(word)) word = word.slice(0, -2);
  else if (word.length > 3 && word.endsWith('s') && !/(ss|us|is)$/.test(word)) word = word.slice(0, -1);
  for (const ending of ['ing', 'ed']) {
    const rest = word.slice(0, -ending.length), last = rest.slice(-1);
    if (word.endsWith(ending) && rest.length >= 3 && /[aeiouy]/.test(rest)) {
      word = last === rest.slice(-2, -1) && !'ls'.includes(last) ? rest.slice(0, -1) : rest;
      break;
    }
  }
  return word.length > 3 && word.endsWith('e') ? word.slice(0, -1) : word;
}
function library(data) {
  const { cards, numbers, rarity } = data.library, stop = new Set(data.library.stop);
  const index = new Map(data.library.stems.split(' ').map((word, row) => [word, row]));
  const bytes = atob(data.library.places), half = numbers / 2, rows = new Map();
  const unit = row => { const length = Math.max(Math.hypot(...row), 1e-12); return row.map(x => x / length); };
  function place(row) {
    if (!rows.has(row)) {
      const found = [];
      for (let i = row * half; i < (row + 1) * half; i++) { const byte = bytes.charCodeAt(i); found.push((byte >> 4) - 8, (byte & 15) - 8); }
      rows.set(row, unit(found));
    }
    return rows.get(row);
  }
  const content = text => words(text).filter(word => !stop.has(word));
  function direction(text) {
    const sum = Array(numbers).fill(0);
    for (const word of content(text)) {
      const row = index.get(stem(word));
      if (row !== undefined) place(row).forEach((x, i) => { sum[i] += rarity[row] * x; });
    }
    return unit(sum);
  }
  const dot = (a, b) => a.reduce((sum, x, i) => sum + x * b[i], 0);
  const texts = cards.map(([, title, text]) => data.library.titled ? `${title}. ${text}` : text), directions = texts.map(direction);
  const bags = texts.map(text => { const bag = new Map(); for (const w of content(text)) bag.set(w, (bag.get(w) || 0) + 1); return bag; });
  const sizes = bags.map(bag => [...bag.values()].reduce((a, b) => a + b, 0)), mean = sizes.reduce((a, b) => a + b, 0) / sizes.length || 1;
  const having = word => bags.filter(bag => bag.has(word)).length, N = cards.length;
  const weight = word => { const n = having(word); return n ? Math.log(1 + (N - n + 0.5) / (n + 0.5)) : 0; };
  const shared = question => bags.map((bag, i) => {
    const damping = 1.5 * (1 - 0.75 + 0.75 * sizes[i] / mean);
    return content(question).reduce((sum, w) => sum + weight(w) * (bag.get(w) || 0) / ((bag.get(w) || 0) + damping), 0);
  });
  const ranked = scores => scores.map((s, i) => [Math.round(s * 1e9), i, s]).filter(([, , s]) => s > 1e-9).sort((a, b) => b[0] - a[0] || a[1] - b[1]).map(([, i]) => i);
  const shortened = text => { // as on a slide
    const parts = text.split(/\s+/).filter(Boolean);
    return parts.length <= 24 && text.length <= 192 ? text : parts.slice(0, 24).join(' ').slice(0, 192).trimEnd() + ' …';
  };
  function answer(question) {
    const same = shared(question), asked = direction(question), near = directions.map(d => dot(d, asked)), both = new Map();
    for (const ranking of [ranked(same), ranked(near)]) ranking.forEach((card, rank) => both.set(card, (both.get(card) || 0) + 1 / (61 + rank)));
    const found = both.size > 0, order = found ? [...both.keys()].sort((a, b) => both.get(b) - both.get(a) || a - b) : [0];
    const [id, title, text] = cards[order[0]], sentences = text.replace(/([.!?])\s+/g, '$1\0').split('\0').filter(Boolean);
    const [, quote] = sentences.map(s => [dot(direction(s), asked), s]).sort((a, b) => b[0] - a[0] || (a[1] < b[1] ? 1 : -1))[0] || [0, ''];
    return { order, near, shared: same, found, id, title, sentences, best: quote, sure: near[order[0]], quote: shortened(quote) };
  }
  const unread = question => [...new Set(content(question))].filter(word => !index.has(stem(word)) && !having(word));
  return { answer, content, unread, said: (a, cut) => a.sure >= cut ? told('said', a) : told('not-there') };
}

/* ---------------- words in pieces */
const joinable = new Map();
function pieces(data, word, joined) {
  if (!joinable.has(data)) joinable.set(data, data.pairs.split(',').map(pair => pair.split(' ')));
  let found = [...word, data.end];
  for (const [a, b] of joinable.get(data).slice(0, joined)) {
    const done = [];
    for (const piece of found) {
      if (piece === b && done.at(-1) === a) done.push(done.pop() + piece);
      else done.push(piece);
    }
    found = done;
  }
  return found;
}

/* ---------------- how far a drawn line is from the run's, on average, and where it is furthest off */
function apart(sketch, levels) {
  const off = levels.map((level, i) => Math.abs(sketch.values[level] - sketch.real[i + sketch.given]));
  return [UNITS[sketch.unit](off.reduce((sum, x) => sum + x, 0) / off.length), sketch.given + off.indexOf(Math.max(...off))];
}

/* ---------------- a show of hands: a score for each kind of answer, and the policy that the scores pull */
const total = numbers => numbers.reduce((a, b) => a + b, 0);
function fitted(data, totals) { // Bradley and Terry's scores, by Hunter's iteration
  const { kinds, rounds, hands: { start, beta } } = data, wins = kinds.map(() => kinds.map(() => 0));
  rounds.forEach(({ ka, kb }, i) => {
    const [a, b] = [kinds.indexOf(ka), kinds.indexOf(kb)];
    wins[a][b] += totals[i][0]; wins[b][a] += totals[i][1];
  });
  const won = wins.map((row, i) => row.map((count, j) => count + (!count === !wins[j][i] ? 0 : 0.5))); // half a vote where one side has none
  const met = won.map((row, i) => row.map((count, j) => count + won[j][i]));
  let strength = kinds.map(() => 1);
  for (let step = 0, moved = 1; step < 5000 && moved >= 1e-13; step++) {
    const raw = strength.map((s, i) => total(won[i]) / total(met[i].map((count, j) => count / (s + strength[j]))));
    const mean = Math.exp(total(raw.map(Math.log)) / raw.length), next = raw.map(s => s / mean);
    moved = Math.max(...next.map((s, i) => Math.abs(s - strength[i])));
    strength = next;
  }
  const scores = strength.map(Math.log), raised = scores.map((s, i) => start[i] * Math.exp(s / beta));
  return [...scores, ...raised.map(share => share / total(raised))];
}
const BETWEEN = '\\s*(?:[,;:/\\s–-]|to|against)\\s*'; // as the file of votes is read
const TOTALS = new RegExp(`^(?:(?:round|r)?\\s*(\\d{1,3})\\s*(?:[:.)=]|${BETWEEN})\\s*)?a?\\s*(\\d{1,6})${BETWEEN}b?\\s*(\\d{1,6})$`, 'i');
function counted(data, text) { // the totals of all rounds, which of them were typed, and what is wrong; a block per table is added up
  const totals = data.rounds.map(() => [0, 0]), typed = new Set(), block = new Set();
  for (const [i, whole] of text.split('\n').entries()) {
    const bare = whole.replace(/(^|\s)(\/\/|#).*$/, '').trim(), found = TOTALS.exec(bare), line = i + 1;
    if (!bare) continue;
    if (!found) return { wrong: told('hands-line', { line, text: bare }) };
    const round = Number(found[1] || block.size % totals.length + 1);
    if (round < 1 || round > totals.length) return { wrong: told('hands-round', { line, round }) };
    if (block.has(round) && block.size < typed.size) return { wrong: told('hands-twice', { line, round }) };
    if (block.has(round)) block.clear();
    block.add(round); typed.add(round);
    totals[round - 1][0] += Number(found[2]); totals[round - 1][1] += Number(found[3]);
  }
  if (block.size < typed.size) return { wrong: told('hands-block', { count: block.size, all: typed.size }) };
  return { totals, typed: [...typed].sort((a, b) => a - b) };
}
function alone(data, totals) { // a kind that was never compared with the first one, not even through others
  const met = data.rounds.filter((_, i) => total(totals[i])), reached = new Set(data.kinds.slice(0, 1));
  for (const _ of data.kinds) for (const { ka, kb } of met) if (reached.has(ka) || reached.has(kb)) reached.add(ka).add(kb);
  return data.kinds.find(kind => !reached.has(kind));
}

/* ---------------- the page checks itself */
let sums = 0;
const broken = new Set(), libraries = new Map();
function prove(poke) {
  const agree = (ours, theirs) => { sums++; if (ours !== theirs) broken.add(poke.id); };
  for (const part of poke.parts) {
    const proof = part.proof || {};
    try {
      for (const p of proof.words || []) agree(words(p.in).join(' '), p.out.join(' '));
      for (const p of proof.drawn || []) agree(apart(part.sketch, p.in).join(), p.out.join());
      for (const p of proof.bets || []) agree(scored(p.in).join(), p.out.join());
      for (const p of proof.cuts || []) agree(pieces(part, ...p.in).join(' '), p.out);
      for (const p of proof.next || []) agree(UNITS[part.unit](lookup(part, ...p.in)), p.out);
      for (const p of (part.hands || {}).proof || []) agree(fitted(part, p.in).map(UNITS[part.hands.unit]).join('|'), p.out.join('|'));
      if (proof.search) {
        const search = library(part);
        libraries.set(part, search);
        for (const p of proof.search) {
          const a = search.answer(p.in);
          agree([search.said(a, part.threshold), printed(a.sure, 2), printed(Math.max(...a.shared), 2), a.order.slice(0, p.order.length)].join('|'), [p.said, p.sure, p.keyword, p.order].join('|'));
        }
      }
    } catch (error) { broken.add(poke.id); }
  }
}
D.pokes.forEach(prove);

/* ---------------- controls that several kinds share */
function slider(box, keys, texts, read, write) {
  const range = $('input[type=range]', box), output = $('output', box), move = place => write(keys[clamp(place, 0, keys.length - 1)]);
  on(range, 'input', () => move(Number(range.value)));
  const ends = $$('[data-step]', box), at = () => Math.max(0, keys.indexOf(read()));
  ends.forEach(end => on(end, 'click', () => move(at() + Number(end.dataset.step))));
  return {
    draw() {
      const place = at();
      range.value = place; range.setAttribute('aria-valuetext', texts[place]); output.textContent = texts[place];
      ends.forEach(end => end.setAttribute('aria-disabled', place === (end.dataset.step < 0 ? 0 : keys.length - 1)));
    },
    step: by => move(at() - by),
  };
}
function steps(box, keys, read, write) {
  const go = $('[data-next]', box), at = () => keys.indexOf(read());
  on(go, 'click', () => write(keys[Math.min(at() + 1, keys.length - 1)]));
  on($('[data-again]', box), 'click', () => { write(keys[0]); go.focus(); });
  return {
    draw() {
      go.setAttribute('aria-disabled', at() === keys.length - 1);
      $('[data-count]', box).textContent = told('steps', { at: at(), count: keys.length - 1 });
    },
    step: by => write(keys[clamp(at() + by, 0, keys.length - 1)]),
  };
}
function radios(box, keys, read, write) {
  const all = $$('input', box);
  all.forEach(one => on(one, 'change', () => write(one.value)));
  return {
    draw() { all.forEach(one => { one.checked = one.value === read(); }); },
    step: by => write(keys[(keys.indexOf(read()) + by + keys.length) % keys.length]),
  };
}

function cards(box, keys, read, write) { // moved up and down, each order is a state
  const list = $('ol', box), all = new Map($$('[data-card]', list).map(card => [card.dataset.card, card]));
  function move(card, by, button) {
    const order = read().split(','), from = order.indexOf(card), to = from + by;
    if (to < 0 || to >= order.length) return;
    order.splice(to, 0, ...order.splice(from, 1));
    write(order.join(','));
    button.focus({ preventScroll: true });
  }
  all.forEach((card, name) => $$('[data-move]', card).forEach(button => {
    button.setAttribute('aria-label', told(button.dataset.move < 0 ? 'up' : 'down', { card: name }));
    on(button, 'click', () => move(name, Number(button.dataset.move), button));
  }));
  return {
    draw() {
      const order = read().split(',');
      if ($$('[data-card]', list).map(card => card.dataset.card).join() !== order.join()) list.append(...order.map(name => all.get(name)));
      order.forEach((name, place) => $$('[data-move]', all.get(name)).forEach(b => b.setAttribute('aria-disabled', place === (b.dataset.move < 0 ? 0 : order.length - 1))));
    },
    step: by => write(keys[(keys.indexOf(read()) + by + keys.length) % keys.length]),
  };
}
function keeper(data, box, demo) { // the best and the worst of what was tried
  const { name, keys, texts } = data.controls[0], key = `${name}_tried`, { numbers, texts: said } = data.keeps;
  return {
    allowed: { [key]: value => /^\d(\.\d)*$/.test(value) },
    draw() {
      const tried = new Set(String(demo.now[key]).split('.').map(Number).filter(place => place < keys.length)).add(keys.indexOf(String(demo.now[name])));
      demo.now[key] = [...tried].join('.');
      const [best, ...more] = [...tried].sort((a, b) => numbers[b] - numbers[a]), worst = more.at(-1);
      $('[data-kept]', box).textContent = more.length ? told('kept', { best: texts[best], most: said[best], worst: texts[worst], least: said[worst], count: tried.size, all: keys.length }) : '';
    },
  };
}
function points(data, box, demo) { // each turn lays down the point that one stands on; the whole curve comes last
  const { name, keys } = data.controls[0], spots = $$('[data-spot]', box), curves = $$('[data-curve]', box), whole = $('[data-whole]', box);
  on(whole, 'click', () => { demo.set({ [data.seen]: 'all' }); $('[data-found]', box).focus({ preventScroll: true }); });
  return {
    allowed: { [data.seen]: value => value === 'all' || /^\d+(\.\d+)*$/.test(value) },
    draw() {
      const seen = new Set(String(demo.now[data.seen]).split('.')), all = seen.has('all');
      if (!all) demo.now[data.seen] = [...seen.add(String(keys.indexOf(String(demo.now[name]))))].join('.');
      const done = all || seen.size >= keys.length;
      spots.forEach(spot => spot.classList.toggle('unseen', !done && !seen.has(spot.dataset.spot)));
      curves.forEach(curve => curve.classList.toggle('unseen', !done));
      whole.hidden = done;
      $('[data-found]', box).textContent = told('found', { found: all ? keys.length : seen.size, count: keys.length });
    },
  };
}

/* ---------------- one maker for each kind: it returns draw (gives back what is said), step, and the names in a link */
function grid(data, box, demo) {
  const states = new Map(data.states.map(state => [state.key, state.set])), places = new Map($$('[data-k]', box).map(e => [e.dataset.k, e]));
  const found = place => { const [name, attribute] = place.split('@'); return [places.get(name), attribute]; };
  const base = {}; // the page is written in one state, from which the others differ
  for (const place of new Set(data.states.flatMap(state => Object.keys(state.set)))) {
    const [element, attribute] = found(place);
    if (element) base[place] = attribute ? element.getAttribute(attribute) : element.textContent;
  }
  const turned = data.controls.map(control => {
    const read = () => String(demo.now[control.name]), write = value => demo.set({ [control.name]: value });
    if (control.kind === 'slider') return slider($(`[data-slider="${control.name}"]`, box), control.keys, control.texts, read, write);
    if (control.kind === 'order') return cards($(`[data-cards="${control.name}"]`, box), control.keys, read, write);
    if (control.kind === 'steps') return steps($(`[data-steps="${control.name}"]`, box), control.keys, read, write);
    return radios($(`[data-radios="${control.name}"]`, box), control.keys, read, write);
  });
  const laid = data.seen ? points(data, box, demo) : data.keeps ? keeper(data, box, demo) : null;
  return {
    allowed: { ...Object.fromEntries(data.controls.map(c => [c.name, value => c.keys.includes(String(value))])), ...(laid && laid.allowed) },
    draw() {
      const set = { ...base, ...states.get(data.controls.map(c => demo.now[c.name]).join('|')) };
      for (const [place, value] of Object.entries(set)) {
        const [element, attribute] = found(place);
        if (element) attribute ? element.setAttribute(attribute, value) : (element.textContent = value);
      }
      turned.forEach(one => one.draw());
      if (laid) laid.draw();
      return $('[data-finding]', box).textContent;
    },
    step: by => turned[0].step(by),
  };
}
const SURE = ['50', '60', '70', '80', '90', '100'], MANY = 10; // bets from which on a curve says something
const own = new Map(), curves = []; // bets whose maker said how sure they were, and what draws them
function scored(bets) {
  const right = bets.filter(([, hit]) => hit).length, n = bets.length;
  return [String(right), UNITS.percent(right / n), UNITS.percent(bets.reduce((sum, [sure]) => sum + Number(sure), 0) / n / 100)];
}
function sureness(data, demo, place) { // how sure one is of a bet: never asked for, and only for the reader
  const name = data.name.replace('bet', 'sure'), choose = el('select', {}, el('option', { value: '' }, told('no-say')), ...SURE.map(sure => el('option', { value: sure }, `${sure}%`)));
  const label = el('label', { class: 'sure field' }, told('how-sure'), choose);
  place.before(label);
  on(choose, 'change', () => demo.set({ [name]: choose.value }));
  return {
    allowed: { [name]: value => SURE.includes(value) },
    draw(placed, right) {
      choose.value = demo.now[name];
      label.hidden = placed;
      placed && demo.now[name] ? own.set(demo.id + name, [demo.now[name], right]) : own.delete(demo.id + name);
      curves.forEach(curve => curve());
    },
  };
}
function pen(add) { // draws somebody's own line and points, in marigold with a rim of ink
  const looks = [['mine s-ink', 7, 19], ['mine s-open', 4, 14]], path = (look, width) => el('path', { class: look, 'stroke-width': width });
  const lines = looks.map(([look, width]) => path(look, width)), dots = looks.map(([look, , width]) => path(`${look} dot`, width));
  add(...lines, ...dots);
  return (places, joined = true) => {
    lines.forEach(line => line.setAttribute('d', joined && places.length ? `M${places.join('L')}` : 'M0 0'));
    dots.forEach(dot => dot.setAttribute('d', places.map(place => `M${place}h0`).join('') || 'M0 0'));
  };
}
function yours(data, box) { // the reader's own bets, over the model's curve
  const svg = $('svg[role=img]', box), note = $('[data-yours]', box), first = note.textContent;
  const trace = pen((...paths) => svg.append(...paths));
  curves.push(() => {
    const bets = [...own.values()], [right, share, sure] = bets.length ? scored(bets) : [], [foot, top] = data.yours.ys;
    const places = SURE.map(level => bets.filter(([one]) => one === level)).filter(some => some.length).map(some => `${data.yours.xs[some[0][0]]} ${(foot + (top - foot) * some.filter(([, hit]) => hit).length / some.length).toFixed(1)}`);
    trace(places, bets.length >= MANY);
    note.textContent = bets.length ? told(bets.length < MANY ? 'yours-few' : 'yours', { right, share, sure, count: bets.length }) : first;
  });
}
function bring(box) { // an answer begins with its question if all that it shows fits below, else with what is said of the bet
  const ask = $('.ask', box), said = $('[data-bettext]', box), all = [$('svg[role=img]', box), $('[data-finding]', box)].filter(Boolean);
  said.focus({ preventScroll: true });
  if (shown) return;
  const high = Math.max(...all.map(one => one.getBoundingClientRect().bottom)) - ask.getBoundingClientRect().top;
  const beside = said.getBoundingClientRect().top > $('[data-slider], [data-steps], [data-cards], [data-radios]:not([data-radios=bet])', box).getBoundingClientRect().top;
  (beside || high <= innerHeight - parseFloat(getComputedStyle(root).scrollPaddingTop) ? ask : said).scrollIntoView({ behavior: 'instant' });
}
function waits(place, why) { // a button that says what it waits for
  const name = place.textContent;
  return ready => { place.setAttribute('aria-disabled', !ready); place.textContent = ready ? name : told(why); };
}
function guess(data, box, demo) {
  const bets = $('[data-radios=bet]', box), all = $$('input', bets), place = $('[data-place]', box), name = data.name, isPlaced = () => has(data.said, demo.now[name]);
  const then = grid(data.then, box, demo), wait = waits(place, 'choose'), ready = () => wait(all.some(bet => bet.checked));
  const fold = el('button', { type: 'button', class: 'plain fold', 'aria-expanded': 'false' }); // the bet in one line, once it is placed
  const open = wide => { fold.setAttribute('aria-expanded', wide); bets.hidden = isPlaced() && !wide; };
  bets.before(fold);
  on(fold, 'click', () => open(fold.getAttribute('aria-expanded') === 'false'));
  all.forEach(bet => on(bet, 'change', ready)); // choosing isn’t betting yet: arrow keys read the options, and a thumb may slip
  on(place, 'click', () => {
    const bet = all.find(one => one.checked);
    if (!bet) return say(told('choose'));
    demo.set({ [name]: bet.value });
    bring(box);
  });
  const sure = sureness(data, demo, place);
  if (data.yours) yours(data, box);
  return {
    allowed: { ...then.allowed, ...sure.allowed, [name]: value => has(data.said, value) },
    draw() {
      const placed = isPlaced(), text = then.draw();
      sure.draw(placed, demo.now[name] === data.truth);
      $$('[data-after]', box).forEach(e => { e.hidden = !placed; });
      $$('[data-axes]', box).forEach(e => e.classList.toggle('bare', !placed)); // axes that wait for the first point
      $$('[data-axes]>:not(figure)', box).forEach(e => { e.hidden = !placed; });
      $$('[data-axes] svg[role=img]', box).forEach(e => e.setAttribute('aria-hidden', !placed)); // its label tells every value
      $('[data-veil]', box).hidden = place.hidden = placed;
      bets.classList.toggle('placed', placed);
      all.forEach(bet => {
        if (placed) bet.checked = bet.value === demo.now[name];
        bet.disabled = placed;
        bet.closest('label').classList.toggle('true', placed && bet.value === data.truth);
      });
      ready();
      if (fold.hidden === placed) open(false); // the bet was just placed, or taken back
      fold.hidden = !placed;
      if (placed) fold.textContent = told(demo.now[name] === data.truth ? 'fold-right' : 'fold-wrong', { letter: 'ABCDEFGH'[all.findIndex(bet => bet.checked)] });
      $('[data-bettext]', box).textContent = placed ? data.said[demo.now[name]] : '';
      return placed ? `${data.said[demo.now[name]]} ${text}` : '';
    },
    settled: isPlaced,
    step(by) {
      if (isPlaced()) return then.step(by);
      all[(all.findIndex(bet => bet.checked) + by + all.length) % all.length].checked = true;
      ready();
      place.focus({ preventScroll: true });
    },
  };
}
function draw(data, box, demo) { // a line is drawn before the run's line is laid over it
  const s = data.sketch, then = grid(data.then, box, demo), svg = $('[data-axes] svg[role=img]', box), place = $('[data-place]', box);
  const sliders = $$('[data-level]', box), placed = () => demo.now.drawn === '1', levels = () => demo.now.line.split('.').map(Number);
  const names = Object.keys(s.roles), role = e => { // of the series that a mark belongs to
    const name = names.find(n => e.tagName === 'text' ? e.textContent.endsWith(n) : new RegExp(`(^| )[sf]-${s.roles[n]}( |$)`).test(e.getAttribute('class')));
    return name && s.roles[name];
  };
  const marks = $$('path, text, rect', svg).map(e => [e, role(e)]).filter(([e, r]) => r || e.matches('[data-spot], [data-curve], .f-open') || (e.tagName === 'text' && Number(e.getAttribute('x')) > s.right));
  const trace = pen((...paths) => svg.prepend(...paths)), wait = waits(place, 'draw-first'); // the run’s line goes on top
  let touched = false, held = false;
  function move(point, level) {
    const all = levels();
    all[point - s.given] = level;
    touched = true;
    demo.set({ line: all.join('.') });
  }
  function drag(event) { // the point that is nearest across takes the height of the finger
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const nearest = (all, x, from = 0) => all.reduce((best, one, i) => i >= from && Math.abs(one - x) < Math.abs(all[best] - x) ? i : best, from);
    move(nearest(s.xs, at.x, s.given), nearest(s.ys, at.y));
  }
  on(svg, 'pointerdown', event => { if (placed()) return; held = true; svg.setPointerCapture(event.pointerId); drag(event); });
  on(svg, 'pointermove', event => { if (held && !placed()) drag(event); });
  on(svg, 'pointerup', () => { held = false; });
  on(svg, 'pointercancel', () => { held = false; });
  sliders.forEach(slider => on(slider, 'input', () => move(Number(slider.dataset.level), Number(slider.value))));
  on(place, 'click', () => {
    if (place.getAttribute('aria-disabled') === 'true') return say(told('draw-first'));
    demo.set({ drawn: '1' });
    bring(box);
  });
  function result() {
    const [off, furthest] = apart(s, levels()), values = { off: s.apart.replace('{off}', off.replace('%', '')), at: s.names[furthest], drawn: s.texts[levels()[furthest - s.given]], real: s.said[furthest] };
    return `${told(sliders.length > 1 ? 'drawn' : 'drawn-one', values)} ${data.comment}`.trim();
  }
  return {
    allowed: { ...then.allowed, line: value => new RegExp(`^\\d+(\\.\\d+){${sliders.length - 1}}$`).test(value) && value.split('.').every(level => level < s.ys.length), drawn: value => value === '1' },
    draw() {
      const text = then.draw(), done = placed(), all = levels(), places = s.xs.map((x, i) => `${x} ${i < s.given ? s.heights[i] : s.ys[all[i - s.given]]}`);
      const moved = touched || demo.now.line !== D.pokes.find(p => p.id === demo.id).start.line;
      trace(places, moved); // points that nobody moved are no line yet
      for (const [mark, of] of marks) {
        if (s.shown.includes(of)) mark.classList.remove('unseen');
        else if (of === s.role || !done || !data.then.seen || mark.matches('.f-open')) mark.classList.toggle('unseen', !done);
      }
      sliders.forEach((slider, i) => { slider.value = all[i]; slider.setAttribute('aria-valuetext', s.texts[all[i]]); slider.nextSibling.textContent = s.texts[all[i]]; });
      svg.classList.toggle('drawing', !done);
      svg.setAttribute('aria-hidden', !done); // its label tells every value
      $$('[data-after]', box).forEach(e => { e.hidden = !done; });
      $$('[data-axes] figure', box).forEach(e => { e.hidden = !done && !e.contains(svg); });
      $('[data-levels]', box).hidden = $('[data-veil]', box).hidden = place.hidden = done;
      wait(moved);
      $$('[data-axes]>:not(figure)', box).forEach(e => { e.hidden = !done; });
      $('[data-bettext]', box).textContent = done ? result() : '';
      return done ? `${result()} ${text}` : '';
    },
    settled: placed,
    step(by) { if (placed()) then.step(by); else place.focus({ preventScroll: true }); },
  };
}
function field(box, demo, name, redraw) {
  const input = $('[data-text]', box), chips = $$('[data-put]', box), put = value => demo.set({ [name]: value });
  on(input, 'input', () => put(input.value));
  chips.forEach(chip => on(chip, 'click', () => put(chip.dataset.put)));
  return {
    input,
    draw() { if (input.value !== demo.now[name]) input.value = demo.now[name]; },
    step(by) { const texts = chips.map(c => c.dataset.put); if (texts.length) put(texts[(texts.indexOf(demo.now[name]) + by + texts.length) % texts.length]); },
  };
}
const bar = (label, share, text, ...more) => el('div', { class: 'bar' }, label,
  el('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, el('rect', { class: more.length ? 'f-accent' : 'f-context', width: (100 * clamp(share, 0, 1)).toFixed(1), height: 10 })),
  el('span', { class: 'v' }, text), ...more);
const MOST_BARS = 8;
function ask(data, box, demo) {
  const typed = field(box, demo, 'text'), { rows, size, start, end } = data.table, unit = UNITS[data.unit];
  const knows = new Set(data.table.words);
  const called = word => word === end ? told('end') : word;
  function press(word) {
    demo.set({ text: `${typed.input.value.trim()} ${word}`.trim() });
    ($('button.w', box) || typed.input).focus();
  }
  function row(word, value, most, count) {
    const button = data.kind === 'write' && word !== end;
    const label = button ? el('button', { type: 'button', class: 'w', 'aria-label': told('write', { word, value: unit(value) }) }, word) : el('span', { class: 'w' }, called(word));
    if (button) on(label, 'click', () => press(word));
    return bar(label, value / most, unit(value), el('span', { class: 'votes' }, told('read', { count })));
  }
  function verdict(line, ends) { // on a line that may end here, by the lines that were read
    const verdictBox = $('[data-verdict]', box), known = (data.table.read || []).includes(line);
    if (!verdictBox) return '';
    verdictBox.className = known || !ends ? 'verdict' : 'verdict bad';
    verdictBox.textContent = known ? told('known-line') : ends ? told('made-up') : '';
    return verdictBox.textContent;
  }
  return {
    allowed: { text: () => true },
    draw() {
      typed.draw();
      const place = !data.by ? 1 : data.places.length ? Math.max(0, data.places.indexOf(String(demo.now[data.by]))) : data.last;
      const key = rowOf(data, demo.now.text), table = has(rows, key) ? rows[key] : {};
      const at = counts => data.by ? (place ? counts[place - 1] : 0) : counts[0];
      const list = Object.entries(table).map(([w, c]) => [w, at(c)]).filter(([, c]) => c).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      const values = list.map(([w]) => lookup(data, key, w, place)), other = lookup(data, key, '', place);
      const most = data.unit === 'ratio' || data.unit === 'percent' ? 1 : Math.max(other, ...values, 1e-9);
      const said = key.split(' ').filter(w => w !== start).join(' '), rest = size - list.length;
      const bars = list.slice(0, MOST_BARS).map(([w, c], i) => row(w, values[i], most, c));
      if (list.length > MOST_BARS) bars.push(el('p', { class: 'measure' }, told('more-bars', { count: list.length - MOST_BARS })));
      if (rest > 0 && other > 1e-9) bars.push(bar(el('span', { class: 'w' }, told(list.length ? 'each-other' : 'each', { count: rest })), other / most, unit(other)));
      $('[data-bars]', box).replaceChildren(...bars);
      $('[data-asked]', box).textContent = said ? told('after', { text: said }) : told('at-start');
      const total = list.reduce((sum, [, c]) => sum + c, 0), after = said ? told('quoted', { text: said }) : told('a-start');
      const first = list.filter(([, c]) => c === list[0][1]).length, times = total === 1 ? told('only-time') : list.length ? told('times', { count: list[0][1], total }) : '';
      const typedWords = words(demo.now.text), many = { last_two_words: 2, last_word: 1 }[data.key] || 0;
      const strange = knows.size && many ? [...new Set(typedWords.slice(-many))].filter(word => !knows.has(word)) : [];
      const odd = strange.length ? `${told(strange.length > 1 ? 'strange-many' : 'strange', { words: strange.map(text => told('quoted', { text })).join(told('and')), count: knows.size })} ` : '';
      const short = !odd && many === 2 && typedWords.length === 1 && !list.length && (place || !data.by);
      const why = odd + (short ? told('one-more', { word: typedWords[0] })
        : first > 1 ? told('share-lead', { count: first, value: unit(values[0]), times, after })
        : list.length ? told('leads', { word: called(list[0][0]), value: unit(values[0]), times, after })
        : place || !data.by ? told(other > 1e-9 ? 'never' : 'never-stuck', { after, value: unit(other) }) : told('nothing-yet'));
      $('[data-why]', box).textContent = why;
      const judged = verdict(words(demo.now.text).join(' '), list.some(([word]) => word === end));
      return judged ? `${why} ${judged}` : why;
    },
    step: by => typed.step(by),
  };
}
function cut(data, box, demo) { // words of one's own as blocks, and backwards
  const typed = field(box, demo, 'own'), rows = [$('[data-pieces]', box), $('[data-back]', box)];
  return {
    allowed: { own: () => true },
    draw() {
      typed.draw();
      const own = words(demo.now.own), joined = Number(demo.now[data.by]);
      const [there, back] = [own, own.map(word => [...word].reverse().join(''))].map((all, i) => {
        const found = all.flatMap(word => pieces(data, word, joined));
        rows[i].replaceChildren(...found.map(piece => el('span', {}, piece)));
        return found.length;
      });
      const news = own.length ? told('pieces', { there, back, count: own.reduce((sum, word) => sum + [...word].length, 0) }) : '';
      $('[data-why]', box).textContent = news;
      return news;
    },
    step: by => typed.step(by),
  };
}
const WHOLE = 400; // characters of a card that is shown whole
function search(data, box, demo) {
  const typed = field(box, demo, 'ask'), find = libraries.get(data), { cards, truth } = data.library;
  const cut = slider($('[data-cut]', box), data.cuts, data.cutTexts, () => String(demo.now.cut), value => demo.set({ cut: value }));
  function marked(text, mine) {
    return text.split(/(\p{Nd}+(?::\p{Nd}+)+|[\p{L}\p{N}_]+(?:['’][\p{L}\p{N}_]+)*)/u).map(part => mine.has(part.toLowerCase()) ? el('mark', {}, part) : part);
  }
  function hit(a, card, rank, mine, least) {
    const into = rank < data.k, near = Math.max(0, a.near[card]) * 100;
    const row = el('div', { class: into ? 'hit in' : 'hit' }, el('span', { class: 't' }, ...marked(cards[card][1], mine)),
      el('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, el('rect', { class: into ? 'f-accent' : 'f-context', width: near.toFixed(1), height: 10 }), el('rect', { class: 'f-ink', x: (100 * least).toFixed(1), width: 1, height: 10 })),
      el('span', { class: 'v' }, el('span', { class: 'sr' }, `${told('nearness')} `), printed(a.near[card], 2)),
      el('span', { class: 'k' }, el('span', { class: 'sr' }, `${told('same-words')} `), a.shared[card] > 1e-9 ? printed(a.shared[card], 2) : told('none')));
    if (into) row.append(el('span', { class: 'x' }, ...marked(cards[card][2], mine)));
    return row;
  }
  return {
    allowed: { ask: () => true, cut: value => data.cuts.includes(String(value)) },
    draw() {
      typed.draw(); cut.draw();
      const question = demo.now.ask, a = find.answer(question), least = Number(demo.now.cut), mine = new Set(find.content(question));
      const ok = a.found && a.sure >= least, known = has(truth, question), right = known ? truth[question] : null, wrong = ok && right !== null && right !== a.id;
      $('[data-hits]', box).replaceChildren(...(a.found ? a.order.slice(0, 6) : []).map((card, rank) => hit(a, card, rank, mine, least)));
      const unread = find.unread(question), note = $('[data-unread]', box);
      note.hidden = !unread.length;
      note.textContent = unread.length ? told(unread.length > 1 ? 'unread-many' : 'unread', { words: unread.map(text => told('quoted', { text })).join(', ') }) : '';
      const said = $('[data-said]', box);
      said.classList.toggle('not', !ok || !known); said.classList.toggle('bad', wrong);
      $('[data-doubt]', box).textContent = known || !question.trim() ? '' : told(ok ? 'doubt' : 'doubt-not');
      const [opening, closing] = told('quoted', { text: '\0' }).split('\0'), whole = a.sentences.join(' ').length <= WHOLE ? a.sentences : [a.quote];
      $('[data-quote]', box).replaceChildren(...(ok ? [opening, ...whole.flatMap((one, i) => [i ? ' ' : '', one === a.best || whole.length === 1 ? el('b', {}, one) : one]), closing] : [el('b', {}, told('not-in'))]));
      const sure = printed(a.sure, 2), needed = printed(least, 2), answering = right ? cards.find(card => card[0] === right) : null, { title } = a;
      $('[data-from]', box).textContent = wrong ? told('from-wrong', { title }) : ok ? told('from', { title }) : a.found ? told('scores', { sure, needed }) : told('no-card');
      const why = !a.found ? told('why-nothing')
        : wrong ? answering ? told('why-wrong', { sure, title: answering[1] }) : told('why-wrong-none', { sure })
        : ok ? told('why-ok', { title, sure, count: data.k })
        : answering ? told('why-missed', { title, sure, needed, answers: answering[1] }) : told('why-not', { title, sure, needed });
      $('[data-why]', box).textContent = why;
      return `${$('[data-quote]', box).textContent}. ${why}`;
    },
    step: by => typed.step(by),
  };
}
function pick(data, box, demo) {
  const cells = $$('[data-tally] li', box), sides = $$('[data-pick]', box), undo = $('[data-undo]', box), n = data.rounds.length;
  const who = radios($('[data-radios=who]', box), data.sets, () => demo.now.who, value => demo.set({ who: value }));
  const size = data.heads.length * data.kinds.length, hands = data.hands && !broken.has(demo.id) ? data.hands : null, show = hands && UNITS[hands.unit];
  const area = $('[data-totals]', box), inHands = () => Boolean(hands) && demo.now.who === 'hands';
  if (data.hands && !hands) $('[value=hands]', box).closest('label').hidden = true;
  on(area, 'input', () => demo.set({ totals: area.value }));
  on($('[data-copy]', box), 'click', () => {
    const { typed, totals, wrong } = counted(data, demo.now.totals);
    if (wrong || !typed.length) return area.focus();
    demo.set({ totals: typed.map(round => [round, ...totals[round - 1]].join(' ')).join('\n') });
    area.select();
    const copied = navigator.clipboard ? navigator.clipboard.writeText(area.value) : Promise.reject();
    copied.then(() => note(told('hands-copied')), () => note(told('hands-select')));
  });
  const note = text => { $('[data-finding]', box).textContent = text; say(text); };
  function voted() { // what the totals lead to: the numbers, and what is said of them
    const { wrong, totals, typed } = counted(data, demo.now.totals), before = [...data.kinds.map(() => 0), ...hands.start].map(show);
    if (wrong || !typed.length) return { texts: before, before, news: wrong || told('hands-none') };
    const kind = alone(data, totals), all = data.rounds.length, count = typed.length;
    if (kind) return { texts: before, before, news: told('hands-alone', { count, all, kind, other: data.kinds[0] }) };
    const texts = fitted(data, totals).map(show), votes = total(totals.flat()), moved = moves(texts, before);
    return { texts, before, news: told(moved.rise > 0 ? 'hands-moves' : 'hands-level', { votes, count, all, ...moved }) };
  }
  function moves(texts, before) { // which kind rises most, and which falls most
    const shares = texts.slice(-data.kinds.length), old = before.slice(-data.kinds.length), rise = shares.map((t, i) => number(t) - number(old[i]));
    const most = rise.indexOf(Math.max(...rise)), least = rise.indexOf(Math.min(...rise));
    return { rise: rise[most], up: data.kinds[most], from: old[most], to: shares[most], down: data.kinds[least], before: old[least], after: shares[least] };
  }
  function bars(texts) {
    texts.forEach((text, place) => {
      const head = Math.floor(place / data.kinds.length), key = `${head}.${place % data.kinds.length}`, signed = head === 0 && data.heads.length > 1;
      const most = Math.max(data.most[head], ...texts.slice(head * data.kinds.length, (head + 1) * data.kinds.length).map(t => Math.abs(number(t))));
      const width = (signed ? 50 : 100) * Math.abs(number(text)) / most, shape = $(`[data-bar="${key}"]`, box);
      shape.setAttribute('width', width.toFixed(1)); shape.setAttribute('x', signed ? (number(text) < 0 ? 50 - width : 50).toFixed(1) : 0);
      $(`[data-number="${key}"]`, box).textContent = text;
    });
  }
  function row(set, picks) {
    let index = 0;
    for (let i = 0; i < n; i++) index = index * 3 + '-AB'.indexOf(picks[i] || '-');
    return data.packed[set].slice(index * size, (index + 1) * size).map(place => data.strings[place]);
  }
  function choose(side) {
    const picks = demo.now.picks;
    if (picks.length >= n) return;
    demo.set({ picks: picks + side });
    if (demo.now.picks.length === n) undo.focus({ preventScroll: true });
  }
  sides.forEach(side => on(side, 'click', () => choose(side.dataset.pick)));
  on(undo, 'click', () => demo.set({ picks: demo.now.picks.slice(0, -1) }));
  on($('[data-again]', box), 'click', () => { demo.set({ picks: '' }); sides[0].focus(); });
  on(root, 'keydown', event => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && /^[ab]$/i.test(event.key);
    if (plain && box.contains(document.activeElement) && !inHands()) choose(event.key.toUpperCase());
  });
  return {
    allowed: { picks: value => /^[AB]*$/i.test(value) && value.length <= n, who: value => data.sets.includes(value) && (value !== 'hands' || Boolean(hands)), totals: () => Boolean(hands) },
    draw() {
      who.draw();
      $$('[data-hands]', box).forEach(e => { e.hidden = !inHands(); });
      [$('[data-tally]', box).parentElement, $('.whose>.measure', box), ...$$('.mark,.mark+span', demo.box)].forEach(e => { if (e) e.hidden = inHands(); }); // whose votes the others are
      if (area && area.value !== demo.now.totals) area.value = demo.now.totals;
      if (inHands()) {
        const { texts, news } = voted();
        bars(texts);
        $('[data-finding]', box).textContent = news;
        return news;
      }
      const picks = demo.now.picks = String(demo.now.picks).toUpperCase(), at = picks.length, done = at === n, round = data.rounds[Math.min(at, n - 1)];
      const texts = row(demo.now.who, picks), before = row(demo.now.who, picks.slice(0, -1)); // before the last pick
      cells.forEach((cell, i) => { cell.className = i < at ? 'done' : i === at ? 'now' : ''; cell.textContent = picks[i] || i + 1; });
      $('[data-question]', box).textContent = done ? told('all-picked', { count: n }) : round.q;
      $('[data-side=A]', box).textContent = round.a; $('[data-side=B]', box).textContent = round.b;
      $('[data-label]', box).hidden = done;
      sides.forEach(side => { side.hidden = done; });
      undo.setAttribute('aria-disabled', !at);
      bars(texts);
      const moved = moves(texts, before);
      const last = at ? data.rounds[at - 1] : null, mine = last && picks[at - 1] === 'A';
      const news = (last ? `${told('picked', { one: mine ? last.ka : last.kb, other: mine ? last.kb : last.ka })} ` : '')
        + (moved.rise > 0 ? told('moves', moved) : told(at ? 'no-move' : 'no-picks'));
      $('[data-finding]', box).textContent = news;
      return done ? news : `${news} ${told('next', { question: round.q })}`;
    },
    step: by => { if (by < 0 && !inHands()) demo.set({ picks: demo.now.picks.slice(0, -1) }); },
  };
}
function sort(data, box, demo) {
  const list = $('[data-order]', box), cards = new Map($$('[data-card]', list).map(card => [card.dataset.card, card])), ids = [...cards.keys()].sort();
  let settled = false;
  const order = () => String(demo.now.order).split('.');
  function move(id, by, focus) {
    const all = order(), from = all.indexOf(id), to = from + by;
    if (to < 0 || to >= all.length) return;
    all.splice(to, 0, ...all.splice(from, 1));
    demo.set({ order: all.join('.'), checked: settled ? '0' : '' });
    if (focus) focus.focus({ preventScroll: true });
  }
  let held = null;
  for (const [id, card] of cards) {
    $$('[data-move]', card).forEach(button => {
      button.setAttribute('aria-label', told(button.dataset.move < 0 ? 'up' : 'down', { card: data.cards[id] }));
      on(button, 'click', () => move(id, Number(button.dataset.move), button));
    });
    card.draggable = true; // only an extra: the buttons do the same
    on(card, 'dragstart', event => { held = id; event.dataTransfer.setData('text/plain', data.cards[id]); });
    on(card, 'dragover', event => { if (held !== null) event.preventDefault(); });
    on(card, 'drop', event => { event.preventDefault(); if (held !== null) move(held, order().indexOf(id) - order().indexOf(held)); held = null; });
  }
  on($('[data-check]', box), 'click', () => { demo.set({ checked: '1' }); if (!shown) $('[data-finding]', box).scrollIntoView({ behavior: 'instant', block: 'nearest' }); });
  return {
    allowed: { order: value => String(value).split('.').sort().join() === ids.join(), checked: value => '01'.includes(value) },
    draw() {
      const all = order(), checked = demo.now.checked === '1', right = all.filter((id, place) => data.places[id].includes(place)).length;
      if ($$('[data-card]', list).map(c => c.dataset.card).join('.') !== all.join('.')) list.append(...all.map(id => cards.get(id)));
      all.forEach((id, place) => {
        const card = cards.get(id), fits = data.places[id].includes(place);
        card.className = checked ? fits ? 'right' : 'misplaced' : '';
        $('[data-number]', card).textContent = checked ? fits ? data.texts[id] : told('misplaced', { number: data.texts[id] }) : '';
        $$('[data-move]', card).forEach(b => b.setAttribute('aria-disabled', place === (b.dataset.move < 0 ? 0 : all.length - 1)));
      });
      settled = settled || checked || demo.now.checked === '0';
      $('[data-veil]', box).hidden = settled;
      const news = checked ? `${told('in-place', { right, count: all.length })} ${right === all.length ? data.finding : ''}`.trim() : '';
      $('[data-finding]', box).textContent = news;
      return news || told('order', { cards: all.map(id => data.cards[id]).join(', ') });
    },
    settled: () => settled,
    step: () => {},
  };
}
function map(data, box, demo) {
  const tabs = $$('[role=tab]', box), panels = $$('[role=tabpanel]', box);
  const choose = (place, focus) => { demo.set({ place: String(place) }); if (focus) tabs[place - 1].focus(); };
  tabs.forEach((tab, i) => {
    on(tab, 'click', () => choose(i + 1));
    on(tab, 'keydown', event => {
      const to = { ArrowRight: i + 1, ArrowDown: i + 1, ArrowLeft: i - 1, ArrowUp: i - 1, Home: 0, End: tabs.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault(); event.stopPropagation();
      choose((to + tabs.length) % tabs.length + 1, true);
    });
  });
  return {
    allowed: { place: value => Number(value) >= 1 && Number(value) <= data.count && Number.isInteger(Number(value)) },
    draw() {
      const place = Number(demo.now.place);
      tabs.forEach((tab, i) => { const here = i + 1 === place; tab.setAttribute('aria-selected', here); tab.tabIndex = here ? 0 : -1; panels[i].hidden = !here; });
      return '';
    },
    step: by => choose((Number(demo.now.place) - 1 + by + tabs.length) % tabs.length + 1),
  };
}
const MAKERS = { steps: grid, slider: grid, toggle: grid, choice: grid, order: grid, guess, draw, cut, ask, write: ask, pick, sort, map };

/* ---------------- the demos */
function start(poke) {
  const box = document.getElementById(poke.id), said = [];
  const demo = { id: poke.id, stage: poke.stage, box, now: { ...poke.start }, set, allowed: {}, step: () => {}, parts: [] };
  demo.changed = () => Object.entries(demo.now).filter(([k, v]) => String(v) !== String(poke.start[k])).map(([k, v]) => [k, encodeURIComponent(v)]);
  function link() {
    const query = demo.changed().map(pair => pair.join('=')).join('&');
    $('.here', box).setAttribute('href', `#${poke.id}${query ? `?${query}` : ''}`);
  }
  function set(change, quiet) {
    Object.assign(demo.now, change);
    if (!quiet) keep(demo);
    const texts = demo.parts.map(part => part.draw()), gate = demo.parts.findIndex(part => part.settled && !part.settled());
    const veiled = i => gate >= 0 && i > gate; // what comes after a bet or an order may tell the answer
    demo.parts.forEach((part, i) => { part.within.hidden = veiled(i); });
    for (const numbers of $$('.numbers', box)) numbers.hidden = gate >= 0;
    const news = texts.map((text, i) => veiled(i) ? '' : text).filter((text, i) => { const old = said[i]; said[i] = text; return text && text !== old; });
    link();
    progress(demo);
    if (shown === demo) fit();
    if (!quiet && news.length) say(news.join(' '));
  }
  poke.parts.forEach((data, i) => {
    const within = $(`[data-part="${i}"]`, box), typed = Boolean(data.proof);
    if (typed && broken.has(poke.id)) { // fixed states only: what the build wrote stays as it is
      $$('.field, .chips, [data-why], [data-place]', within).forEach(e => { e.hidden = true; });
      return;
    }
    const part = (data.library ? search : MAKERS[data.kind])(data, within, demo);
    part.within = within;
    demo.parts.push(part);
    Object.assign(demo.allowed, part.allowed);
  });
  if (demo.parts.length) demo.step = by => demo.parts[0].step(by);
  if (broken.has(poke.id)) {
    const warning = $('[data-warn]', box);
    warning.hidden = false;
    warning.textContent = told('fallback');
  }
  set({}, true);
  return demo;
}
function progress(demo) { // a segment of the line at the top: a bet that was won or lost, or something else that was turned
  const bets = D.pokes.find(poke => poke.id === demo.id).parts.filter(part => has(part.said || {}, demo.now[part.name]));
  const state = bets.length ? bets.every(part => demo.now[part.name] === part.truth) ? 'won' : 'lost' : demo.changed().length ? 'seen' : '';
  demo.box.classList.toggle('touched', Boolean(demo.changed().length));
  $$(`[data-segment="${demo.id}"]`).forEach(segment => { segment.className = state; });
  const won = $$('.segs .won').length, placed = won + $$('.segs .lost').length;
  $$('[data-won]').forEach(told_ => { told_.hidden = !placed; told_.textContent = told('won', { won, placed }); });
}
const bets = $$('#room-bets select');
let shown = null, keeping = 0, latest = null;
function keep(last) { // everything that was turned, in the address: a reload or a tab that was put away brings it back
  latest = last;
  clearTimeout(keeping);
  keeping = setTimeout(() => {
    const own = last.changed().map(([k, v]) => `${k}=${v}`), others = demos.filter(demo => demo !== last).flatMap(demo => demo.changed().map(([k, v]) => `${demo.id}.${k}=${v}`));
    if (bets.some(one => one.value)) others.push(`room=${bets.map(one => one.value || '-').join('')}`);
    const theme = root.dataset.theme ? [`theme=${root.dataset.theme}`] : [], query = [...own, ...others, ...theme].join('&');
    history.replaceState(null, '', `#${last.id}${query ? `?${query}` : ''}`);
  }, 200); // browsers allow so many changes a second
}
const demos = D.pokes.map(start), byId = new Map(demos.map(demo => [demo.id, demo]));
$('[data-checked]').textContent = broken.size
  ? told('differ', { demos: [...broken].join(', ') })
  : told(sums ? 'agree' : 'no-sums', { count: sums });

/* ---------------- the questions for weeks after: each answer has its verdict, all letters together are a line to send */
const sheet = $('#later');
if (sheet) {
  const line = $('[data-line]', sheet), who = $('[data-who]', sheet), letters = D.later.map(() => '-');
  const write = () => { line.value = `${who.value.trim() || '__'} ${letters.join('')}`; };
  $$('[data-later]', sheet).forEach((box, i) => on($('[data-answer]', box), 'click', event => {
    const all = $$('input', box), at = all.findIndex(one => one.checked), verdict = $('[data-verdict]', box);
    if (at < 0) return say(told('choose'));
    const said = D.later[i][at], right = said.startsWith('+');
    letters[i] = 'ABCDEFGH'[at];
    sheet.classList.add('touched'); // so that it is printed
    all.forEach(one => { one.disabled = true; });
    event.target.hidden = true;
    verdict.hidden = false;
    verdict.textContent = right ? said.slice(1) : said;
    verdict.classList.toggle('bad', !right);
    verdict.focus({ preventScroll: true });
    write();
  }));
  on(who, 'input', write);
  on($('[data-send]', sheet), 'click', () => { line.select(); if (navigator.clipboard) navigator.clipboard.writeText(line.value).catch(() => {}); });
  write();
}

/* ---------------- the room's bets: a line to paste into the chat */
const room = $('#room-bets');
function line() {
  if (!room) return;
  const said = new Map(), who = $('[data-who]', room).value.trim() || '__';
  bets.forEach(({ value, dataset: { bet } }) => said.set(bet, (said.get(bet) || '') + (value || '-')));
  const words = [...said].filter(([, picks]) => /[A-D]/.test(picks)).map(([bet, picks]) => bet ? `${bet}=${picks.replace(/-+$/, '')}` : picks);
  $('[data-line]', room).value = [who, ...words].join(' ');
}
if (room) {
  on(room, 'input', line);
  on(room, 'change', () => keep(latest || demos[0]));
  on($('[data-send]', room), 'click', () => { const box = $('[data-line]', room); box.select(); if (navigator.clipboard) navigator.clipboard.writeText(box.value).catch(() => {}); });
  line();
}

/* ---------------- in front of a room: one demo at a time */
function fit() { // type as large as on slides, unless a demo has more than one screen can hold
  root.style.fontSize = '';
  if (!shown) return;
  const full = parseFloat(getComputedStyle(root).fontSize);
  for (let size = 1; size >= 0.56 && root.scrollHeight > innerHeight; size -= 0.04) root.style.fontSize = `${full * size}px`;
}
on(window, 'resize', fit);
function present(demo) {
  shown = demo;
  root.classList.toggle('presenting', Boolean(demo));
  for (const one of demos) {
    one.box.classList.toggle('on', one === demo);
    const heading = $('h2', one.box);
    one === demo ? heading.setAttribute('aria-level', 1) : heading.removeAttribute('aria-level');
  }
  fit();
  if (!demo) return;
  $$('[data-pip]').forEach(pip => pip.classList.toggle('on', Number(pip.dataset.pip) === demo.stage));
  scrollTo(0, 0);
  $('h2', demo.box).focus({ preventScroll: true });
}
function leave() {
  const was = shown;
  present(null);
  if (document.fullscreenElement) document.exitFullscreen();
  if (was) { was.box.scrollIntoView({ behavior: 'instant' }); $('.show', was.box).focus({ preventScroll: true }); }
}
function enter(demo) {
  present(demo);
  if (root.requestFullscreen) root.requestFullscreen().catch(() => {});
}
on($('[data-present]'), 'click', () => enter(demos[0]));
demos.forEach(demo => on($('.show', demo.box), 'click', () => enter(demo)));
on($('[data-leave]'), 'click', leave);
on(document, 'fullscreenchange', () => { if (!document.fullscreenElement && shown) leave(); });
on(document, 'keydown', event => {
  if (!shown || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') { leave(); return; }
  const own = ['text', 'textarea', 'range', 'radio', 'select-one'].includes(document.activeElement && document.activeElement.type);
  const turn = { PageDown: 1, PageUp: -1 }[event.key] || (!own && { ArrowRight: 1, ArrowLeft: -1 }[event.key]);
  if (turn) { event.preventDefault(); present(demos[clamp(demos.indexOf(shown) + turn, 0, demos.length - 1)]); return; }
  const by = !own && { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by) { event.preventDefault(); shown.step(by); }
});

/* ---------------- colours, the rail, links; the picture of its stage beside each demo */
for (const symbol of $$('symbol')) $$(`[data-stage="${symbol.id.slice(4)}"] .stage i`).forEach(i => i.after($(`.pic:has([href="#${symbol.id}"])`).cloneNode(true)));
const colours = theme => { theme ? root.setAttribute('data-theme', theme) : root.removeAttribute('data-theme'); };
$$('[name=theme]').forEach(radio => on(radio, 'change', () => { colours(radio.value); keep(latest || demos[0]); }));
if ('IntersectionObserver' in window) {
  const seen = new IntersectionObserver(entries => entries.filter(e => e.isIntersecting).forEach(entry => {
    $$('[data-rail]').forEach(a => a.dataset.rail === entry.target.dataset.stage ? a.setAttribute('aria-current', 'true') : a.removeAttribute('aria-current'));
  }), { rootMargin: '-30% 0px -65% 0px' });
  demos.forEach(demo => seen.observe(demo.box));
}
function follow() {
  const [id, query = ''] = location.hash.slice(1).split('?'), demo = byId.get(id);
  const last = [sheet, room].find(one => one && id === one.id);
  if (last) last.scrollIntoView({ behavior: 'instant' });
  if (!demo) return;
  const given = new URLSearchParams(query), change = new Map([[demo, {}]]);
  for (const [key, value] of given) {
    const [name, other] = key.split('.').reverse(), of = other ? byId.get(other) : demo;
    if (of && has(of.allowed, name) && of.allowed[name](value)) change.set(of, { ...change.get(of), [name]: value.slice(0, 1000) });
  }
  bets.forEach((one, i) => { const pick = (given.get('room') || '')[i]; if (/[A-D]/.test(pick || '')) one.value = pick; });
  line();
  const theme = $$('[name=theme]').find(radio => radio.value && radio.value === given.get('theme'));
  if (theme) { theme.checked = true; colours(theme.value); }
  for (const [one, news] of change) one.set(news, true);
  keep(demo);
  if (given.has('present') || shown) present(demo); else demo.box.scrollIntoView({ behavior: 'instant' });
}
const asked = new URLSearchParams(location.search).get('theme'), theme = asked && $$('[name=theme]').find(radio => radio.value === asked);
if (theme) { theme.checked = true; colours(theme.value); }

on(window, 'hashchange', follow);
follow();
root.dataset.ready = Math.round(performance.now());
})();

// The script of the companion page, after its toys. It shows states that were computed beforehand, and runs small toys itself;
// every sum of a toy is compared with what Python printed for the same input before anything is drawn.
const D = JSON.parse(document.getElementById('pokes').textContent), root = document.documentElement;
root.classList.add('js');
addEventListener('error', () => root.classList.remove('js')); // the page says that it can only be read
const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
const clamp = (x, low, high) => Math.max(low, Math.min(high, x));
const has = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
const SVG = new Set(['svg', 'rect', 'path', 'text']);
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
function fixed(text, digits) { // decimal text, halves away from zero, thousands separated
  const [mantissa, exponent] = text.split('e'), [whole, part = ''] = mantissa.split('.');
  let figures = whole + part, point = whole.length + Number(exponent || 0);
  if (point < 0) { figures = '0'.repeat(-point) + figures; point = 0; }
  figures = figures.padEnd(point + digits + 1, '0');
  const up = figures[point + digits] >= '5' ? 1n : 0n;
  const all = (BigInt(figures.slice(0, point + digits) || '0') + up).toString().padStart(digits + 1, '0');
  const left = all.slice(0, all.length - digits).replace(/\B(?=(\d{3})+$)/g, ',');
  return digits ? `${left}.${all.slice(-digits)}` : left;
}
const isZero = text => !/[1-9]/.test(text);
function printed(x, digits) {
  const text = fixed(String(Math.abs(x)), digits);
  if (x > 1e-9 && isZero(text)) return '<' + fixed(`1e-${digits}`, digits);
  return (x < 0 && !isZero(text) ? '−' : '') + text;
}
const hundredfold = x => { const [mantissa, exponent = '0'] = String(x).split('e'); return Number(`${mantissa}e${Number(exponent) + 2}`); };
const UNITS = { ratio: x => printed(x, 2), bits: x => printed(x, 2), percent: x => printed(hundredfold(x), 0) + '%', count: x => printed(x, 0) };
const number = text => Number(text.replace('−', '-').replace(/[,<%+]/g, '')) || 0;

/* ---------------- words, and sums over them */
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

/* ---------------- a show of hands: a score for each kind of answer, and the policy that the scores pull */
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
      for (const p of proof.cuts || []) agree(pieces(part, ...p.in).join(' '), p.out);
      for (const p of proof.next || []) agree(UNITS[part.unit](lookup(part, ...p.in)), p.out);
      for (const p of proof.votes || []) agree(fitted(part, p.in).map(UNITS.ratio).join('|'), p.out.join('|'));
      if (proof.read) agree(learnt(part, part.sentences.slice(0, proof.read.length - 1)).curve.map(UNITS.ratio).join('|'), proof.read.join('|'));
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

/* ---------------- what changes has the height of its highest state, so that controls keep their place */
function steady(box, states) {
  let wide = 0;
  function measure() {
    if (box.clientWidth === wide || !box.clientWidth) return;
    wide = box.clientWidth;
    const parts = $$('.picture,.finding,.dialval', box), most = parts.map(() => 0);
    parts.forEach(one => { one.style.minHeight = ''; });
    states(() => parts.forEach((one, i) => { most[i] = Math.max(most[i], one.offsetHeight); }));
    parts.forEach((one, i) => { one.style.minHeight = `${most[i]}px`; });
  }
  new ResizeObserver(() => requestAnimationFrame(measure)).observe(box);
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
  const laid = data.keeps ? keeper(data, box, demo) : null;
  let last = '';
  function put(key, fresh) { // what has just become another number or text is marked
    for (const [place, value] of Object.entries({ ...base, ...states.get(key) })) {
      const [element, attribute] = found(place);
      if (!element) continue;
      if (fresh && !attribute && element.matches('dd,p.page')) element.classList.toggle('new', element.textContent !== value);
      attribute ? element.setAttribute(attribute, value) : (element.textContent = value);
    }
  }
  steady(box, turn => {
    const dials = $$('.dialval output', box);
    data.states.forEach(state => { put(state.key); turn(); });
    put(last);
    data.controls.filter(c => c.kind === 'slider').forEach(({ texts }, i) => { const now = dials[i].textContent; texts.forEach(text => { dials[i].textContent = text; turn(); }); dials[i].textContent = now; });
  });
  return {
    allowed: { ...Object.fromEntries(data.controls.map(c => [c.name, value => c.keys.includes(String(value))])), ...(laid && laid.allowed) },
    draw() {
      const key = data.controls.map(c => demo.now[c.name]).join('|');
      put(key, last && key !== last);
      last = key;
      turned.forEach(one => one.draw());
      if (laid) laid.draw();
      return $('[data-finding]', box).textContent;
    },
    step: by => turned[0].step(by),
  };
}
function waits(place, why) { // a button that says what it waits for
  const name = place.textContent;
  return ready => { place.setAttribute('aria-disabled', !ready); place.textContent = ready ? name : told(why); };
}
function wager(data, box, demo) { // the bet of a slide, closed under what it is about
  const bet = $('.bet', box), all = $$('[data-radios=bet] input', bet), place = $('[data-place]', bet), name = data.name, placed = () => has(data.said, demo.now[name]);
  const wait = waits(place, 'choose'), ready = () => wait(all.some(one => one.checked));
  all.forEach(one => on(one, 'change', ready)); // choosing isn’t betting yet: arrow keys read the options, and a thumb may slip
  on(place, 'click', () => {
    const one = all.find(option => option.checked);
    if (!one) return say(told('choose'));
    demo.set({ [name]: one.value });
    $('[data-bettext]', bet).focus({ preventScroll: true }); // the button is gone
  });
  return {
    allowed: { [name]: value => has(data.said, value) },
    draw() {
      const done = placed();
      place.hidden = done;
      if (done) bet.open = true;
      all.forEach(one => {
        if (done) one.checked = one.value === demo.now[name];
        one.disabled = done;
        one.closest('label').classList.toggle('true', done && one.value === data.truth);
      });
      ready();
      $('[data-bettext]', bet).textContent = done ? data.said[demo.now[name]] : '';
      return '';
    },
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
  on(typed.input, 'focus', () => typed.input.select()); // a question takes the place of the one before
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
const REPLIES = 20, still = matchMedia('(prefers-reduced-motion:reduce)');
function pick(data, box, demo) {
  const sides = $$('[data-pick]', box), undo = $('[data-undo]', box), n = data.rounds.length, rows = $$('[data-kinds]>li', box), show = UNITS[data.unit];
  const area = $('[data-totals]', box), note = text => { $('[data-finding]', box).textContent = text; say(text); }, listed = counts => data.kinds.map((kind, i) => `${counts[i]} “${kind}”`).join(', ');
  const tiles = [];
  sharedOut(data.start, REPLIES).forEach((many, kind) => { for (let i = 0; i < many; i++) tiles.push(kind); });
  const fresh = [...tiles];
  on(area, 'input', () => demo.set({ totals: area.value }));
  on($('[data-copy]', box), 'click', () => {
    const { typed, totals, wrong } = counted(data, demo.now.totals);
    if (wrong || !typed.length) return area.focus();
    demo.set({ totals: typed.map(round => [round, ...totals[round - 1]].join(' ')).join('\n') });
    area.select();
    const copied = navigator.clipboard ? navigator.clipboard.writeText(area.value) : Promise.reject();
    copied.then(() => note(told('hands-copied')), () => note(told('hands-select')));
  });
  function voted() { // what totals of a show of hands lead to
    const { wrong, totals, typed } = counted(data, demo.now.totals), all = data.rounds.length;
    if (wrong || !typed.length) return { news: wrong || told('hands-none') };
    const kind = alone(data, totals), count = typed.length;
    if (kind) return { news: told('hands-alone', { count, all, kind, other: data.kinds[0] }) };
    const shares = fitted(data, totals).slice(data.kinds.length), moved = shares.map((share, i) => share - data.start[i]), up = moved.indexOf(Math.max(...moved)), down = moved.indexOf(Math.min(...moved));
    const values = { votes: total(totals.flat()), count, all, up: data.kinds[up], from: show(data.start[up]), to: show(shares[up]), down: data.kinds[down], before: show(data.start[down]), after: show(shares[down]) };
    return { shares, news: told(moved[up] > 5e-4 ? 'hands-moves' : 'hands-level', values) };
  }
  const after = picks => fitted(data, data.rounds.map((_, i) => [1 + data.crowd * (picks[i] === 'A'), 1 + data.crowd * (picks[i] === 'B')])).slice(data.kinds.length);
  const won = (picks, i) => data.rounds[i][picks[i] === 'A' ? 'ka' : 'kb'];
  function rewritten(tiles, counts) { // as few replies as possible change their kind
    const have = counts.map((_, kind) => tiles.filter(tile => tile === kind).length), want = counts.flatMap((many, kind) => Array(Math.max(0, many - have[kind])).fill(kind)), changed = [];
    tiles.forEach((kind, i) => { if (have[kind] > counts[kind] && want.length) { have[kind]--; tiles[i] = want.shift(); changed.push(i); } });
    return changed;
  }
  function picture(shares, picks) {
    rows.forEach((row, kind) => {
      const coins = [...picks].filter((_, i) => won(picks, i) === data.kinds[kind]).length, place = $('[data-coins]', row);
      place.replaceChildren(...Array.from({ length: coins }, () => el('i', { class: 'coin' })), el('span', { class: 'sr' }, String(coins)));
      $('[data-bar]', row).setAttribute('width', (100 * shares[kind]).toFixed(1));
      $('[data-number]', row).textContent = show(shares[kind]);
    });
  }
  function choose(side) { if (demo.now.picks.length < n) demo.set({ picks: demo.now.picks + side, totals: '' }); }
  sides.forEach(side => on(side, 'click', event => {
    if (demo.now.picks.length === n) return;
    const from = event.currentTarget.getBoundingClientRect();
    choose(side.dataset.pick);
    const coin = $$('[data-coins]', rows[data.kinds.indexOf(won(demo.now.picks, demo.now.picks.length - 1))]).at(-1).querySelector('.coin:last-of-type');
    if (still.matches || !coin) return;
    const to = coin.getBoundingClientRect();
    coin.animate([{ transform: `translate(${from.left + 20 - to.left}px,${from.top + 10 - to.top}px)` }, { transform: 'none' }], { duration: 450, easing: 'ease-in' });
  }));
  on(undo, 'click', () => demo.set({ picks: demo.now.picks.slice(0, -1) }));
  on($('[data-again]', box), 'click', () => { demo.set({ picks: '', totals: '' }); sides[0].focus({ preventScroll: true }); });
  on(root, 'keydown', event => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && /^[ab]$/i.test(event.key);
    if (plain && box.contains(document.activeElement) && document.activeElement !== area) choose(event.key.toUpperCase());
  });
  let before = '';
  return {
    allowed: { picks: value => /^[AB]*$/i.test(value) && value.length <= n, totals: () => Boolean(data.hands) },
    draw() {
      const picks = demo.now.picks = String(demo.now.picks).toUpperCase(), at = picks.length, done = at === n, round = data.rounds[Math.min(at, n - 1)], hands = data.hands && demo.now.totals;
      if (area && area.value !== demo.now.totals) area.value = demo.now.totals;
      const { shares = data.start, news } = hands ? voted() : { shares: after(picks) }, counts = sharedOut(shares, REPLIES);
      const [was, step] = [[...tiles], at - before.length];
      if (hands || Math.abs(step) !== 1) { // any other state is the same however one came to it
        tiles.splice(0, tiles.length, ...fresh);
        if (!hands) for (let i = 1; i < at; i++) rewritten(tiles, sharedOut(after(picks.slice(0, i)), REPLIES));
      }
      const last = rewritten(tiles, counts), changed = step ? last.length : was.filter((kind, i) => kind !== tiles[i]).length;
      picture(shares, hands ? '' : picks);
      $('[data-replies]', box).replaceChildren(...tiles.map((kind, i) => el('li', { class: `reply k${kind % 6}${last.includes(i) && (at || hands) ? ' new' : ''}` }, data.kinds[kind])));
      $('[data-question]', box).textContent = done ? told('all-picked', { count: n }) : round.q;
      $('[data-side=A]', box).textContent = round.a; $('[data-side=B]', box).textContent = round.b;
      sides.forEach(side => side.setAttribute('aria-disabled', done)); // they keep the focus
      undo.setAttribute('aria-disabled', !at);
      const kinds = listed(counts), values = { number: at, changed: last.length || told('none-changed'), replies: REPLIES, kinds };
      const mine = at ? data.rounds[at - 1] : null, [one, other] = mine ? picks[at - 1] === 'A' ? [mine.ka, mine.kb] : [mine.kb, mine.ka] : [];
      const text = hands ? news : !at ? told('no-picks', values) : step < 0 ? told('unpicked', { number: at + 1, changed: changed || told('none-changed'), replies: REPLIES }) : told('picked', { ...values, one, other });
      before = picks;
      $('[data-finding]', box).textContent = text;
      return done || hands ? text : `${text} ${told('next', { question: round.q })}`;
    },
    step: by => { if (by < 0) demo.set({ picks: demo.now.picks.slice(0, -1) }); },
  };
}

/* ---------------- a model that reads: a window of two words runs over each sentence, and the bars follow */
function learnt(data, read, own = []) { // the model, and its surprise in bits or among how many words it chooses, before reading and after each sentence
  const model = new Trigram([...data.sentences, ...data.held, ...own]), measured = () => data.bits ? model.surprise(data.held) : 2 ** model.surprise(data.held), curve = [measured()];
  for (const sentence of read) { model.read(sentence); curve.push(measured()); }
  return { model, curve };
}
const MOST_WORDS = 20, MANY_TIMES = 30, sleep = time => new Promise(done => setTimeout(done, time)); // bars; readings of one sentence; milliseconds
function train(data, box, demo) {
  const go = $('[data-feed]', box), tape = $('[data-tape]', box), bars = $('[data-words]', box), line = $('[data-line-of]', box), field = $('[data-own]', box), stem = $('[data-stem]', box);
  const portion = data.portion, ends = word => word === END ? told('ends') : word, figure = x => printed(x, data.bits ? 2 : 1), shown = p => UNITS.percent(p);
  let run = 0, curve = [], model = null, reads = [], from = 0, fed = 0, drawn = '', unfinished = null; // sentences read before the last press; what is left to do of a reading that is shown
  const own = () => String(demo.now.own).split('/').filter(text => words(text).length);
  function follow(log) { // what was read, in order: F is a portion of its own text, o the next own sentence, O that sentence many times
    const mine = own(), all = [];
    let next = 0, at = 0;
    for (const one of log) {
      if (one === 'F') { all.push(...data.sentences.slice(next, next + portion)); next = Math.min(next + portion, data.sentences.length); }
      else if (one === 'o') all.push(mine[at++] || '');
      else all.push(...Array(MANY_TIMES).fill(mine[at - 1] || data.sentences[0]));
    }
    fed = next;
    return all.filter(Boolean);
  }
  const pair = () => [...words(demo.now.stem)].slice(-2).join(' ') || data.stem;
  function framed(row, at, next) { // the two words that it looks at, and the one that it guesses
    const spans = row.map((word, i) => el('span', { class: i === at - 2 ? 'w1' : i === at - 1 ? 'w2' : i < at ? '' : 'later' }, word));
    tape.replaceChildren(...spans.slice(0, at), el('span', { class: 'next' }, next), ...spans.slice(at));
    tape.scrollLeft = at / row.length * tape.scrollWidth - tape.clientWidth / 2; // the window stays in sight
  }
  function wordBar(word, p, most, flat, many) {
    const best = !flat && p === most, read = many && model.count(pair(), word);
    return el('li', { class: !many ? 'others' : flat ? '' : best ? 'up best' : read ? 'up' : '' }, el('span', {}, many ? ends(word) : word),
      el('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, el('rect', { width: (100 * p).toFixed(1), height: 10, class: flat || !(best || read) ? 'f-context' : 'f-accent' })), el('b', {}, shown(p)));
  }
  function picture() {
    const after = pair(), ps = model.vocabulary.map(word => [word, model.probability(after, word)]), flat = !model.total(after), most = Math.max(...ps.map(([, p]) => p));
    const few = ps.length > MOST_WORDS ? [...ps].sort((a, b) => b[1] - a[1]).slice(0, MOST_WORDS) : ps, rest = ps.length - few.length;
    bars.replaceChildren(...few.map(([word, p]) => wordBar(word, p, most, flat, true)), ...(rest ? [wordBar(told('each-other', { count: rest }), 1 / model.vocabulary.length / (model.total(after) + 1), most, flat, false)] : []));
    bars.style.setProperty('--n', Math.ceil(bars.children.length / 2));
    $('[data-after-words]', box).textContent = told('after', { text: after });
    chart();
  }
  function chart() {
    const last = curve.length - 1, many = Math.max(data.sentences.length, last), all = model.vocabulary.length, top = Math.max(...curve, data.bits ? Math.log2(all) : all), X = n => 40 + 330 * n / many, Y = x => 90 - 78 * x / top;
    const at = curve.map((x, n) => `${X(n).toFixed(1)} ${Y(x).toFixed(1)}`), text = (x, y, look, label) => { const e = el('text', { x, y, class: look }, label); return e; };
    line.replaceChildren(el('path', { class: 's-ink w1', d: 'M40 90H372' }), text(34, Y(top) + 5, 'end t-muted', data.bits ? figure(top) : String(all)), text(34, 95, 'end t-muted', '0'), text(40, 107, 'mid t-muted', '0'), text(370, 107, 'end t-muted', told('sentences', { count: many })),
      el('path', { class: 's-accent w5', d: `M${at.join('L')}` }), el('path', { class: 's-accent dot', 'stroke-width': 14, d: `M${at[last]}h0` }), text(clamp(X(last), 52, 340), Math.max(14, Y(curve[last]) - 12), 'b', figure(curve[last])));
    line.setAttribute('aria-label', curve.map(figure).join(', '));
  }
  function sentence() {
    const after = pair(), was = curve[from], now = curve.at(-1), all = model.vocabulary.length;
    if (!reads.length) return told('unread-yet', { words: all });
    const sum = model.total(after), ps = model.vocabulary.map(word => [model.probability(after, word), word]).sort((a, b) => b[0] - a[0]), [p, word] = ps[0], ties = ps.filter(one => one[0] === p).length;
    const lead = !sum ? told('never-read', { after }) : ties > 1 ? told('tie', { after, ties, share: shown(p) }) : told('leader', { after, word: ends(word), share: shown(p), times: model.count(after, word), sum });
    return `${told('has-read', { count: reads.length })} ${lead} ${figure(was) === figure(now) ? told(data.bits ? 'surprise-still' : 'chooses-still', { now: figure(now) }) : told(data.bits ? 'surprise' : 'chooses', { was: figure(was), now: figure(now) })}`;
  }
  function settle() {
    unfinished = null;
    ({ model, curve } = learnt(data, reads, own()));
    picture();
    framed(pair().split(' '), 2, '?');
    const next = data.sentences.slice(fed, fed + portion);
    go.textContent = next.length > 1 ? told('feed', { count: next.length }) : told(next.length ? 'feed-one' : 'write-on');
    $('[data-cards]', box).replaceChildren(...next.map(text => el('li', {}, text)));
    $('[data-read]', box).replaceChildren(...reads.map(text => el('li', {}, text)));
    return ($('[data-finding]', box).textContent = sentence());
  }
  async function runOver(mine) { // sentence by sentence, then the state itself
    unfinished = settle;
    const all = reads, cards = all.slice(from);
    for (const [k, text] of cards.entries()) {
      const row = words(text);
      for (let i = 2; i <= row.length && mine === run; i++) { framed(row, i, row[i] || '.'); await sleep(k ? 40 : 110); }
      if (mine !== run) return;
      ({ model, curve } = learnt(data, all.slice(0, from + k + 1), own()));
      picture();
    }
    if (mine === run) say(unfinished());
  }
  function write(wrote, shown, mine) { // the sentence that it writes this time, at once or word by word
    const text = model.write(seeded(wrote - 1)), row = text.split(' ').filter(Boolean), known = reads.some(one => words(one).join(' ') === text);
    const news = told(!reads.length ? 'wrote-nothing-read' : known ? 'wrote-read' : 'wrote-new', { text });
    const end = () => { framed(row, row.length, '.'); return ($('[data-finding]', box).textContent = news); };
    if (!shown) return end();
    (async () => {
      for (let i = 1; i <= row.length && mine === run; i++) { framed(row.slice(0, i), i, '…'); await sleep(110); }
      if (mine === run) say(end());
    })();
    return '';
  }
  const log = one => demo.set({ log: demo.now.log + one, wrote: 0 }), writes = () => demo.set({ wrote: Number(demo.now.wrote) + 1 });
  on(go, 'click', () => fed < data.sentences.length ? log('F') : writes());
  on($('[data-write]', box), 'click', writes);
  on($('[data-often]', box), 'click', () => log('O'));
  on($('[data-forget]', box), 'click', () => { demo.set({ ...demo.start }); go.focus({ preventScroll: true }); });
  on($('form', box), 'submit', event => {
    event.preventDefault();
    const text = words(field.value).join(' ');
    if (!text) { $('[data-finding]', box).textContent = told('no-words'); return say(told('no-words')); }
    field.value = '';
    demo.set({ own: [...own(), text].join('/'), log: `${demo.now.log}o`, wrote: 0 });
  });
  on(stem, 'input', () => demo.set({ stem: stem.value, wrote: 0 }));
  return {
    allowed: { log: value => /^[FoO]{0,40}$/.test(value), own: () => true, stem: () => true, wrote: value => /^\d{1,3}$/.test(value) },
    draw() {
      if (unfinished) unfinished();
      const mine = ++run, now = String(demo.now.log), wrote = Number(demo.now.wrote), more = model && !still.matches && now.slice(0, -1) === drawn && now.endsWith('F'), again = now === drawn;
      if (stem.value !== demo.now.stem) stem.value = demo.now.stem;
      from = follow(now.slice(0, -1)).length;
      reads = follow(now);
      drawn = now;
      if (more && !wrote) { runOver(mine); return ''; }
      const news = settle();
      return wrote ? write(wrote, again && !still.matches, mine) : news;
    },
    step: by => { if (by > 0) go.click(); },
  };
}
function sort(data, box, demo) {
  const list = $('[data-order]', box), cards = new Map($$('[data-card]', list).map(card => [card.dataset.card, card])), ids = [...cards.keys()].sort();
  const order = () => String(demo.now.order).split('.');
  function move(id, by, focus) {
    const all = order(), from = all.indexOf(id), to = from + by;
    if (to < 0 || to >= all.length) return;
    all.splice(to, 0, ...all.splice(from, 1));
    demo.set({ order: all.join('.'), checked: '' });
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
    allowed: { order: value => String(value).split('.').sort().join() === ids.join(), checked: value => value === '1' },
    draw() {
      const all = order(), checked = demo.now.checked === '1', right = all.filter((id, place) => data.places[id].includes(place)).length;
      if ($$('[data-card]', list).map(c => c.dataset.card).join('.') !== all.join('.')) list.append(...all.map(id => cards.get(id)));
      all.forEach((id, place) => {
        const card = cards.get(id), fits = data.places[id].includes(place);
        card.className = checked ? fits ? 'right' : 'misplaced' : '';
        $('[data-number]', card).textContent = checked ? fits ? data.texts[id] : told('misplaced', { number: data.texts[id] }) : '';
        $$('[data-move]', card).forEach(b => b.setAttribute('aria-disabled', place === (b.dataset.move < 0 ? 0 : all.length - 1)));
      });
      const news = checked ? `${told('in-place', { right, count: all.length })} ${right === all.length ? data.finding : ''}`.trim() : '';
      $('[data-finding]', box).textContent = news;
      return news || told('order', { cards: all.map(id => data.cards[id]).join(', ') });
    },
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
const MAKERS = { steps: grid, slider: grid, toggle: grid, choice: grid, order: grid, cut, ask, write: ask, pick, sort, map, train };

/* ---------------- the demos */
function start(poke) {
  const box = document.getElementById(poke.id), said = [];
  const demo = { id: poke.id, stage: poke.stage, box, start: poke.start, now: { ...poke.start }, set, allowed: {}, step: () => {}, parts: [] };
  demo.changed = () => Object.entries(demo.now).filter(([k, v]) => String(v) !== String(poke.start[k])).map(([k, v]) => [k, encodeURIComponent(v)]);
  function link() {
    const query = demo.changed().map(pair => pair.join('=')).join('&');
    const there = `#${poke.id}${query ? `?${query}` : ''}`;
    $('.here', box).setAttribute('href', there);
    $('.basis', box).dataset.address = location.href.split('#')[0].split('/').pop() + there; // is printed
  }
  function set(change, quiet) {
    Object.assign(demo.now, change);
    if (!quiet) keep(demo);
    const texts = demo.parts.map(part => part.draw()), news = texts.filter((text, i) => { const old = said[i]; said[i] = text; return text && text !== old; });
    link();
    box.classList.toggle('touched', Boolean(demo.changed().length));
    const bets = poke.parts.flatMap(part => part.bet || []), done = bets.length && bets.every(bet => has(bet.said, demo.now[bet.name])), won = done && bets.every(bet => demo.now[bet.name] === bet.truth);
    box.classList.toggle('won', Boolean(won)); box.classList.toggle('lost', Boolean(done && !won)); // a learning platform counts them
    if (!quiet && news.length) say(news.join(' '));
  }
  poke.parts.forEach((data, i) => {
    const within = $(`[data-part="${i}"]`, box), typed = Boolean(data.proof);
    if (typed && broken.has(poke.id)) { // fixed states only: what the build wrote stays as it is
      $$('.control, .more, [data-why]', within).forEach(e => { e.hidden = true; });
      return;
    }
    const made = [(data.library ? search : MAKERS[data.kind])(data, within, demo), ...(data.bet ? [wager(data.bet, within, demo)] : [])];
    demo.parts.push(...made);
    made.forEach(part => Object.assign(demo.allowed, part.allowed));
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
const bets = $$('#room-bets select'), STORE = `explore ${D.digest}`;
let shown = null, keeping = 0, latest = null;
const stored = () => { try { return JSON.parse(sessionStorage.getItem(STORE)) || {}; } catch (error) { return {}; } };
const LONGEST = 80; // letters of an address after the name of the file
function keep(last) { // what was turned last, in the address; all of it, in the tab: a reload brings it back
  latest = last;
  clearTimeout(keeping);
  keeping = setTimeout(() => {
    const query = last.changed().map(pair => pair.join('=')).join('&');
    const whole = `#${last.id}${query ? `?${query}` : ''}`;
    history.replaceState(null, '', whole.length > LONGEST ? `#${last.id}` : whole); // a long text comes back from the tab alone
    const marked = $$('.new').map(e => e.dataset.k), all = Object.fromEntries(demos.filter(demo => demo.changed().length).map(demo => [demo.id, demo.now]));
    try { sessionStorage.setItem(STORE, JSON.stringify({ all, marked, room: bets.map(one => one.value || '-').join('') })); } catch (error) { /* the address alone is kept */ }
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
function present(demo) {
  shown = demo;
  root.classList.toggle('presenting', Boolean(demo));
  for (const one of demos) {
    one.box.classList.toggle('on', one === demo);
    const heading = $('h2', one.box);
    one === demo ? heading.setAttribute('aria-level', 1) : heading.removeAttribute('aria-level');
  }
  if (!demo) return;
  reveal(demo.box);
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

/* ---------------- on a phone, a picture stays in sight while its control is turned, unless both are seen at once */
const pins = new ResizeObserver(changed => changed.forEach(({ target: { parentElement: bench } }) => bench.classList.toggle('pins', $('.picture', bench).offsetHeight + $('.do', bench).offsetHeight > innerHeight)));
$$('.bench > .picture, .bench:has(> .picture) > .do').forEach(part => pins.observe(part));

/* ---------------- colours, links */
const asked = new URLSearchParams(location.search).get('theme');
if (['light', 'dark', 'contrast'].includes(asked)) root.dataset.theme = asked; // otherwise the device chooses
function reveal(element) { for (let around = element; around; around = around.parentElement) if (around.tagName === 'DETAILS') around.open = true; }
function put(demo, given) { // only names and values that the demo knows
  const change = Object.fromEntries(Object.entries(given).filter(([name, value]) => has(demo.allowed, name) && demo.allowed[name](value)).map(([name, value]) => [name, String(value).slice(0, 1000)]));
  demo.set(change, true);
}
function follow() {
  const [id, query = ''] = location.hash.slice(1).split('?'), demo = byId.get(id), given = Object.fromEntries(new URLSearchParams(query));
  const there = demo ? demo.box : /^[\w-]+$/.test(id) && document.getElementById(id);
  if (!there) return;
  if (demo && query) Object.assign(demo.now, demo.start); // a link is a whole state, whatever was turned before
  if (demo) { put(demo, given); keep(demo); }
  if (demo && ('present' in given || shown)) return present(demo);
  reveal(there);
  there.scrollIntoView({ behavior: 'instant' });
}
const { all: before = {}, marked = [], room: chosen = '' } = stored();
demos.forEach(demo => { if (has(before, demo.id)) put(demo, before[demo.id]); });
bets.forEach((one, i) => { if (/[A-D]/.test(chosen[i] || '')) one.value = chosen[i]; });
line();
on(window, 'hashchange', follow);
follow();
$$('dd,p.page').forEach(e => e.classList.toggle('new', marked.includes(e.dataset.k))); // what the last turn changed, also after a reload
root.dataset.ready = Math.round(performance.now());

// Twin of toys/retrieval.py: shared words, nearness of meaning, both rankings together, the best sentence.
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

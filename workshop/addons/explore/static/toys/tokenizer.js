// Twin of toys/tokenizer.py: a word in pieces, after some pairs were joined.
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

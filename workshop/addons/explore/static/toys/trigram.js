// Twin of toys/trigram.py: counts which word followed each pair of words.
const START = '<start>', END = '<end>';
const guesses = sentence => {
  const row = [START, START, ...words(sentence), END];
  return row.slice(2).map((word, i) => [`${row[i]} ${row[i + 1]}`, word]);
};
class Trigram {
  constructor(sentences) { this.vocabulary = [...new Set([...sentences.flatMap(words), END])]; this.votes = new Map(); }
  read(sentence) {
    for (const [pair, word] of guesses(sentence)) {
      const votes = this.votes.get(pair) || new Map();
      this.votes.set(pair, votes.set(word, (votes.get(word) || 0) + 1));
    }
  }
  total(pair) { return [...(this.votes.get(pair) || new Map()).values()].reduce((sum, n) => sum + n, 0); }
  count(pair, word) { return (this.votes.get(pair) || new Map()).get(word) || 0; }
  probability(pair, word) { return (this.count(pair, word) + 1 / this.vocabulary.length) / (this.total(pair) + 1); }
  surprise(sentences) { // mean of -log2 P over all words and end marks
    const bits = sentences.flatMap(guesses).map(([pair, word]) => -Math.log2(this.probability(pair, word)));
    return bits.reduce((sum, one) => sum + one, 0) / bits.length;
  }
  write(random, most = 10) { // one word after the other, each as often as its probability says
    const row = [START, START];
    while (row.length < most + 2) {
      let left = random(), next = END;
      for (const word of this.vocabulary) { left -= this.probability(row.slice(-2).join(' '), word); if (left < 0) { next = word; break; } }
      if (next === END) break;
      row.push(next);
    }
    return row.slice(2).join(' ');
  }
}

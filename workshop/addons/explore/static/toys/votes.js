// Twin of toys/votes.py: a score for each kind of answer, fitted to votes, and the shares that the scores pull.
const total = numbers => numbers.reduce((a, b) => a + b, 0);
function fitted(data, totals) { // Bradley and Terry's scores, by Hunter's iteration
  const { kinds, rounds, start, beta } = data, wins = kinds.map(() => kinds.map(() => 0));
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

function sharedOut(shares, many) { // by the largest remainder
  const counts = shares.map(share => Math.floor(share * many + 1e-9)), rest = many - total(counts);
  shares.map((share, i) => [counts[i] - share * many, i]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, rest).forEach(([, i]) => counts[i]++);
  return counts;
}

"use strict";
// What every view of the app uses: questions to the server, and the news.
const many = (count, thing) => `${count} ${thing}${count === 1 ? "" : "s"}`;

// ---------------------------------------------------------------- questions
const GONE = "The app has ended. Start it again.";
function trouble(text) {
  $("trouble").textContent = text;
  $("trouble").hidden = !text;
}
const words = (problems) => problems.map((found) => found.hint ? `${found.message}: ${found.hint}.` : `${found.message}.`).join(" ");

// Ask the server; resolves to {} with the problems shown if it refuses.
async function ask(path, { body, headers } = {}) {
  let answer;
  try {
    answer = await fetch(path, body === undefined ? {} : { method: "POST", body, headers });
  } catch {
    trouble(GONE);
    return {};
  }
  if (answer.status === 403 || answer.status === 404) { trouble(GONE); return {}; }
  if (answer.status === 413) return { problems: [{ severity: "error", message: "this file is too large", hint: "" }] };
  try { return await answer.json(); } catch { return { problems: [{ severity: "error", message: "something went wrong", hint: "try again" }] }; }
}
const send = (path, what = {}) => ask(path, { body: JSON.stringify(what) });
async function tell(path, what) {
  const { problems } = await send(path, what);
  trouble(problems ? words(problems) : "");
  return !problems;
}

// ---------------------------------------------------------------- news
let state = { number: -1 };
async function follow(take) {
  for (let failed = 0; !state.ended;) {
    try {
      const answer = await fetch(`state?after=${state.number}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const news = await answer.json();
      if (failed > 1) trouble("");
      failed = 0;
      if (state.ended) return;
      const before = state;
      state = news;
      if (news.number !== before.number) take(news, before);
    } catch {
      if (state.ended) return;
      failed += 1;
      if (failed > 1) trouble(GONE);
      await wait(Math.min(5, 0.3 * failed));
    }
  }
}

"use strict";
const code = document.getElementById("code"), said = document.getElementById("said");
document.getElementById("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  said.textContent = "";
  try {
    const answer = await fetch("", { method: "POST", body: code.value });
    const { to, problem } = await answer.json();
    if (to) { location.replace(to); return; }
    said.textContent = problem;
  } catch {
    said.textContent = "The program has ended. Start it again.";
  }
  code.select();
});

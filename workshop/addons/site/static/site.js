"use strict";
// Three choices lead to one row of the table, which holds everything that is shown about a kit.
const form = document.getElementById("choose"), rows = [...document.querySelectorAll("tbody tr")];
function find() {
  const wanted = Object.fromEntries(new FormData(form));
  return rows.find(({ dataset }) => Object.entries(wanted).every(([name, value]) => dataset[name] === value));
}
function show() {
  const row = find(), get = document.getElementById("get"), said = document.getElementById("said");
  get.hidden = !row;
  document.getElementById("inside").hidden = !row;
  if (!row) { said.textContent = "There is no kit for this choice. Choose another length."; return; }
  const inside = row.dataset.files.split(" ");
  get.href = row.querySelector("a").getAttribute("href");
  get.textContent = `Download, ${row.querySelector(".size").textContent}`;
  said.textContent = `${inside.length} files in ${get.getAttribute("href")}`;
  for (const part of document.querySelectorAll("[data-file]")) part.hidden = !inside.includes(part.dataset.file);
}
const usual = rows.find(({ dataset }) => dataset.audience === "general" && dataset.minutes === "180") || rows[0];
const paper = /^en-(US|CA)$/.test(navigator.language) ? "letter" : "a4";
for (const field of form.querySelectorAll("input")) field.checked = field.value === { ...usual.dataset, paper }[field.name];
form.hidden = false;
form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
show();

"use strict";
// Afterwards: what is made of the room, one after the other, and its files.
let deleting = false;

function showAfter() {
  const { rooms, files, job } = state.after, running = job?.state === "running";
  const text = running ? "One moment, it is being made …" : job?.state === "failed" ? `This couldn’t be made. ${job.said.join(" ")}` : job?.state === "done" ? "Done." : "";
  if ($("after-said").textContent !== text) { $("after-said").textContent = text; if (text) say(text); }
  for (const button of $("after").querySelectorAll("[data-make], #held button")) button.disabled = running;
  $("made-title").hidden = !files.length;
  $("made").replaceChildren(...files.map((name) => make("li", {}, make("a", { class: "taken", href: `after/file/${name.split("/").map(encodeURIComponent).join("/")}`, download: true }, name))));
  $("kept").hidden = !rooms;
  $("delete").textContent = deleting ? "Yes, delete what each seat answered" : "Delete the room’s data";
  document.body.dataset.after = job ? job.state : "";
}

$("after").addEventListener("click", ({ target }) => { if (target.dataset.make) tell(`after/${target.dataset.make}`); });
$("held").addEventListener("submit", (event) => {
  event.preventDefault();
  tell("after/record", Object.fromEntries(new FormData($("held"))));
});
$("delete").addEventListener("click", () => {
  deleting = !deleting;
  if (!deleting) tell("after/delete");
  showAfter();
});
$("to-after").addEventListener("click", () => show("after"));

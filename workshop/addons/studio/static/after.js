"use strict";
// Afterwards: what is made of the room, one after the other, and its files.
let deleting = false, gone = [];

function showAfter() {
  const { rooms, goes, files, job, minutes } = state.after, own = state.given.quiz.length, running = job?.state === "running";
  const text = running ? "One moment, it is being made …" : job?.state === "failed" ? `This couldn’t be made. ${job.said.join(" ")}` : job?.state === "done" ? "Done." : "";
  if ($("after-said").textContent !== text) { $("after-said").textContent = text; if (text) say(text); }
  for (const button of $("after").querySelectorAll("[data-make], #held button")) button.disabled = running;
  $("made-title").hidden = !files.length;
  $("made").replaceChildren(...files.map((name) => make("li", {}, make("a", { class: "taken", href: `after/file/${name.split("/").map(encodeURIComponent).join("/")}`, download: true }, name))));
  $("kept").hidden = !goes.length;
  put("goes", `These files of the last room have what each seat answered, and go: ${goes.join(", ")}. Totals, the deck and the record stay${rooms > 1 ? "; so do the files of earlier rooms" : ""}.`);
  $("gone").hidden = !gone.length;
  put("gone", `Deleted: ${gone.join(", ")}.`);
  put("own-table", own ? "Your own table is compared." : "");
  for (const id of ["quiz-title", "record-title"]) $(id).closest("section").hidden = !state.choice.isKit;  // a talk has neither
  $("minutes-said").hidden = !minutes;
  if (minutes) {
    const [longest] = minutes.slides;
    put("took", `You took ${minutes.took} minutes; planned were ${minutes.planned}.${longest.over >= 1 ? ` Longest over: ${longest.title}, +${longest.over}.` : ""}`);
    $("each").tBodies[0].replaceChildren(...minutes.slides.map(({ title, planned, took }) => make("tr", {}, make("th", { scope: "row" }, title), make("td", {}, String(planned)), make("td", {}, String(took)))));
    $("use-them").disabled = form().timed.value === "workshop";
    $("use-them").textContent = $("use-them").disabled ? "Make uses them" : "Use them next time";
  }
  $("delete").textContent = deleting ? "Yes, delete what each seat answered" : "Delete the room’s data";
  document.body.dataset.after = job ? job.state : "";
}

$("after").addEventListener("click", ({ target }) => { if (target.dataset.make) tell(`after/${target.dataset.make}`); });
$("held").addEventListener("submit", (event) => {
  event.preventDefault();
  tell("after/record", Object.fromEntries(new FormData($("held"))));
});
$("use-them").addEventListener("click", () => { form().timed.value = "workshop"; askPlan(); showAfter(); });
$("delete").addEventListener("click", () => {
  deleting = !deleting;
  if (!deleting) { const { goes } = state.after; tell("after/delete").then((done) => { gone = done ? goes : []; showAfter(); }); }
  showAfter();
});
$("to-after").addEventListener("click", () => show("after"));

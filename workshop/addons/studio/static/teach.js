"use strict";
// Teach: which network, whether a phone reaches it, and where the wall and the remote are.
const PATIENCE = 10000;  // within that time a phone that was to try it should have come
let shownRoom = "", late = 0;

async function askNetworks() {
  if (state.room || $("networks").childElementCount) return;
  const { networks, wifi } = await ask("room/networks");
  if (!networks) return;
  $("wifi").value ||= wifi;
  $("networks").replaceChildren(...networks.map(({ name, host }, k) => make("label", {}, make("input", { type: "radio", name: "host", value: host, checked: k === 0 }), `${host} (${name})`)));
}
function showRoom() {
  const { room } = state, where = room ? `${room.address} ${room.remote}` : "";
  $("opening").hidden = Boolean(room);
  $("opened").hidden = !room;
  $("again").hidden = !state.after.rooms;
  $("teach-title").textContent = room ? "The room is open" : "Open the room";
  if (where !== shownRoom) {
    shownRoom = where;
    clearTimeout(late);
    $("ways").hidden = true;
    if (!room) return;
    $("room-code").src = `wall/code.svg?${encodeURIComponent(room.address)}`;
    $("remote-code").src = `room/remote.svg?${encodeURIComponent(room.remote)}`;
    $("room-address").textContent = room.address;
    late = setTimeout(() => { $("ways").hidden = !state.room || state.room.reached; }, PATIENCE);
  }
  if (!room) return;
  if (room.reached) $("ways").hidden = true;
  put("reached", room.reached ? "A phone has reached this computer. It works." : "Waiting for a phone …");
}

$("opening").addEventListener("submit", async (event) => {
  event.preventDefault();
  const host = $("opening").elements.host?.value;
  if (!host) return;
  $("reached").textContent = "";
  say("The room is being opened …");
  if (await tell("room/open", { host, wifi: $("wifi").value.trim(), password: $("wifi-code").value, new: !$("again").hidden && $("anew").checked })) $("main").focus();
});
$("close-room").addEventListener("click", () => tell("room/close"));
$("new-remote").addEventListener("click", () => tell("room/new-remote"));
$("to-teach").addEventListener("click", () => show("teach"));

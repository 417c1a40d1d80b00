"use strict";
// How many are here, and how many have answered: tags and guests apart.
const people = (count) => `${count} ${count === 1 ? "guest" : "guests"}`;
function there({ tags, guests }) {
  const who = [tags && (guests ? `${tags} ${tags === 1 ? "tag" : "tags"}` : String(tags)), guests && people(guests)].filter(Boolean);
  return who.length ? `${who.join(" and ")} ${tags + guests === 1 ? "is" : "are"} in` : "";
}
function answered({ poll, got, of, got_guests }) {
  const done = poll.kind === "bet" ? "bet" : "answered";
  if (!got && got_guests) return `${people(got_guests)} ${got_guests === 1 ? "has" : "have"} ${done}`;
  return `${got} of ${of} ${of === 1 ? "has" : "have"} ${done}${got_guests ? `, and ${people(got_guests)}` : ""}`;
}

/** The reactions under a message. */

import { react } from "./answers.js";
import { community, personOf } from "./community.js";
import { el, icon } from "./elements.js";
import { openPicker } from "./menus.js";

/** Pills with counts, and a way to add another; nothing without reactions. */
export function renderReactions(message) {
  const given = message.reactions.filter((reaction) => reaction.people.length);
  if (!given.length) return null;
  const more = {
    class: "pill more",
    type: "button",
    "aria-label": "Add another reaction",
    onclick: (event) => openPicker(event.currentTarget, message),
  };
  return el(
    "div",
    { class: "reactions" },
    given.map((reaction) => renderPill(message, reaction)),
    el("button", more, icon("smile")),
  );
}

function renderPill(message, { emoji, people }) {
  const mine = hasReacted(people);
  const traits = {
    class: "pill",
    type: "button",
    "aria-pressed": String(mine),
    "aria-label": `${emoji} ${people.length}`,
    "data-focus": emoji,
    title: people.map(nameOf).join(", "),
    onclick: () => react(message, emoji, !mine),
  };
  return el("button", traits, el("span", { class: "emoji" }, emoji), String(people.length));
}

const hasReacted = (people) => people.includes(community.me);
const nameOf = (id) => personOf(id)?.name ?? "Sounding Board";

/** Adds the person's reaction, or takes it back if it is there. */
export function toggleReaction(message, emoji) {
  const current = community.messages.get(message.id) ?? message;
  const given = current.reactions.find((reaction) => reaction.emoji === emoji);
  return react(current, emoji, !(given && hasReacted(given.people)));
}

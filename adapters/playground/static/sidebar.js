/** Who looks, and what they can open. */

import { setDirects } from "./answers.js";
import { community, isUnread, personOf } from "./community.js";
import { avatar, byId, el, icon } from "./elements.js";
import { place } from "./place.js";
import { reconcile } from "./reconcile.js";

/** Draws people, channels and the setting; `become(id)` changes the person. */
export function drawSidebar(become) {
  reconcile(
    byId("people"),
    community.people.map((person) => personItem(person, become)),
  );
  reconcile(
    byId("channels"),
    community.channels.filter((channel) => !channel.direct).map(channelItem),
  );
  reconcile(
    byId("directs"),
    community.channels.filter((channel) => channel.direct).map(channelItem),
  );
  const me = personOf(community.me);
  const reading = me?.role === "product" ? [digestsItem(me)] : [];
  reconcile(byId("settings"), [settingItem(me), ...reading]);
  byId("drawer-dot").hidden = !community.channels.some(
    ({ id }) => id !== place.channel && isUnread(id),
  );
}

function personItem(person, become) {
  const current = person.id === community.me;
  const traits = {
    class: "person",
    type: "button",
    "aria-label": person.name,
    "aria-description": person.role,
    "aria-pressed": String(current),
    title: `${person.name}, ${person.role}`,
    onclick: () => become(person.id),
  };
  const make = () =>
    el(
      "button",
      traits,
      avatar(person),
      el("span", { class: "person-name" }, person.name.split(" ")[0]),
      el("span", { class: "person-role" }, person.role),
    );
  return { key: person.id, signature: JSON.stringify([person, current]), make };
}

function channelItem(channel) {
  const open = channel.id === place.channel;
  const unread = !open && isUnread(channel.id);
  const make = () => el("li", {}, channelLink(channel, open, unread));
  return { key: channel.id, signature: JSON.stringify([channel, open, unread]), make };
}

function channelLink(channel, open, unread) {
  const name = channel.direct ? channel.name : `#${channel.name}`;
  return el(
    "a",
    {
      class: `channel ${unread ? "unread" : ""}`,
      href: `#${encodeURIComponent(channel.id)}`,
      "aria-current": open ? "page" : null,
    },
    channel.direct ? avatar({ bot: true }, "small") : null,
    el("span", { class: "channel-name" }, name),
    channel.private && !channel.direct ? icon("lock") : null,
    unread ? el("span", { class: "dot" }, el("span", { class: "hidden" }, " unread")) : null,
  );
}

/** The product team reads past digests on a page of their own. */
function digestsItem(person) {
  const href = `/digests?person=${encodeURIComponent(person.id)}`;
  const name = () => el("span", { class: "channel-name" }, "Past digests");
  const make = () => el("div", {}, el("a", { class: "channel", href }, name()));
  return { key: "digests", signature: href, make };
}

function settingItem(person) {
  const open = Boolean(person?.directs_open);
  const traits = {
    class: "switch",
    type: "button",
    role: "switch",
    "aria-checked": String(open),
    "aria-label": "Direct messages",
    onclick: () => setDirects(!open),
  };
  const make = () =>
    el(
      "div",
      {},
      el(
        "button",
        traits,
        el("span", { class: "track" }),
        el("span", {}, `Direct messages: ${open ? "open" : "closed"}`),
      ),
    );
  return { key: "directs", signature: JSON.stringify(person), make };
}

/** One message or private notice in a timeline. */

import { community, dropNotice, personOf } from "./community.js";
import { renderContent } from "./content.js";
import { avatar, el, icon } from "./elements.js";
import { openMessageMenu, openPicker } from "./menus.js";
import { openThread, place } from "./place.js";
import { renderReactions } from "./reactions.js";
import { ago, clockTime, exactly } from "./times.js";

/** A message; `grouped` leaves out the name, `inThread` the way into the thread. */
export function renderMessage(message, { grouped, inThread }) {
  const classes = ["message", grouped && "grouped", pings(message) && "pings"].filter(Boolean);
  return el(
    "article",
    {
      class: classes.join(" "),
      "data-message": message.id,
      "aria-label": `${message.author.name}, ${exactly(message.at)}`,
    },
    grouped ? renderTime(message, true) : avatar(message.author),
    el(
      "div",
      { class: "message-body" },
      grouped ? null : renderByline(message),
      renderContent(message.content, { message }),
      renderReactions(message),
      inThread ? null : renderReplies(message),
    ),
    renderTools(message, inThread),
  );
}

function pings(message) {
  const lines = [...message.content.lines, ...message.content.cards.flatMap((card) => card.body)];
  return lines.flat().some((piece) => piece.t === "mention" && piece.person === community.me);
}

function renderByline(message) {
  const role = personOf(message.author.id)?.role;
  return el(
    "header",
    { class: "byline" },
    el("span", { class: "name" }, message.author.name),
    message.author.bot ? el("span", { class: "badge" }, "BOT") : null,
    role && role !== "member" ? el("span", { class: "role" }, role) : null,
    renderTime(message, false),
    message.edited ? el("span", { class: "edited" }, "edited") : null,
  );
}

function renderTime(message, short) {
  const traits = { datetime: message.at, "data-ago": !short };
  const time = el("time", traits, short ? clockTime(message.at) : ago(message.at));
  const label = {
    class: short ? "when short" : "when",
    href: message.permalink.replace(/^\//, ""),
    title: exactly(message.at),
  };
  return el("a", label, time);
}

function renderReplies(message) {
  if (!message.replies) return null;
  const label = message.replies === 1 ? "1 reply" : `${message.replies} replies`;
  const open = place.thread === message.id ? "true" : "false";
  return el(
    "button",
    {
      class: "replies",
      type: "button",
      "aria-expanded": open,
      onclick: () => openThread(message.id),
    },
    icon("reply"),
    label,
  );
}

function renderTools(message, inThread) {
  const tool = (label, picture, act) =>
    el(
      "button",
      { class: "quiet", type: "button", "aria-label": label, title: label, onclick: act },
      icon(picture),
    );
  return el(
    "div",
    { class: "tools" },
    tool("Add reaction", "smile", (event) => openPicker(event.currentTarget, message)),
    inThread ? null : tool("Reply in thread", "reply", () => openThread(message.id)),
    tool("Message menu", "dots", (event) =>
      openMessageMenu(event.currentTarget, message, inThread),
    ),
  );
}

/** Something only the chosen person can see. */
export function renderNotice(notice) {
  const dismiss = {
    class: "quiet",
    type: "button",
    "aria-label": "Dismiss",
    title: "Dismiss",
    onclick: () => dropNotice(notice),
  };
  return el(
    "section",
    { class: "notice", "data-notice": notice.notice, "aria-label": "Private notice" },
    avatar({ bot: true }),
    el(
      "div",
      { class: "message-body" },
      el("p", { class: "notice-label" }, icon("eye"), "Only you can see this"),
      renderContent(notice.content, { notice }),
    ),
    el("button", dismiss, icon("close")),
  );
}

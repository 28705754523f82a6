/** A scrolling list of messages with days, notices and a way back in time. */

import { community, messagesOf } from "./community.js";
import { waitingKey } from "./answers.js";
import { el, icon } from "./elements.js";
import { renderMessage, renderNotice } from "./messages.js";
import { place } from "./place.js";
import { reconcile } from "./reconcile.js";
import { dayName } from "./times.js";

const PAGE = 120;
const GROUPED_MS = 5 * 60_000;
const NEAR_END = 140;

/** A timeline in `scroller`; returns `draw(channel, thread, empty)`. */
export function timeline(scroller) {
  const list = scroller.querySelector(".timeline");
  const view = { list, scroller, key: null, limit: PAGE, last: null, atEnd: true };
  view.newer = newerButton(view);
  view.draw = (channel, thread, empty) => draw(view, channel, thread, empty);
  scroller.addEventListener("scroll", () => noteScroll(view));
  // A growing composer takes its room from here; the last message should stay in sight.
  new ResizeObserver(() => view.atEnd && toEnd(view)).observe(scroller);
  return view.draw;
}

function draw(view, channel, thread, empty) {
  const key = `${community.me}/${channel}/${thread}`;
  const moved = key !== view.key;
  if (moved) Object.assign(view, { key, limit: PAGE, last: null });
  const last = messagesOf(channel, thread).at(-1);
  const added = !moved && last?.id !== view.last;
  const follow = moved || view.atEnd || (added && last?.author.id === community.me);
  // Read out what is new; a channel just opened, or a card drawn anew for one vote, is not.
  view.list.setAttribute("aria-live", added ? "polite" : "off");
  reconcile(view.list, items(view, channel, thread, empty));
  view.last = last?.id;
  if (follow) toEnd(view);
  else if (added) view.newer.hidden = false;
  reveal(view);
}

function newerButton(view) {
  const button = el("button", { class: "newer", type: "button", hidden: true, onclick: () => toEnd(view) }, "New messages", icon("chevron"));
  view.scroller.append(button);
  return button;
}

function toEnd(view) {
  view.scroller.scrollTop = view.scroller.scrollHeight;
  noteScroll(view);
}

function noteScroll(view) {
  const { scrollHeight, scrollTop, clientHeight } = view.scroller;
  view.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
  if (view.atEnd) view.newer.hidden = true;
}

function items(view, channel, thread, empty) {
  const messages = messagesOf(channel, thread);
  widen(view, messages);
  const shown = messages.slice(-view.limit);
  const notices = community.notices.filter((notice) => notice.person === community.me && isHere(notice, channel, thread));
  const drawn = [...noticesAfter(notices, null)];
  shown.forEach((message, at) => {
    const previous = shown[at - 1];
    const newDay = !previous || dayName(previous.at) !== dayName(message.at);
    if (newDay && !thread) drawn.push(dayItem(message));
    drawn.push(messageItem(message, { grouped: !newDay && drawn.at(-1)?.message === previous && groups(previous, message), inThread: Boolean(thread) }));
    if (thread && message.id === thread && messages.length > 1) drawn.push(repliesItem(messages.length - 1));
    drawn.push(...noticesAfter(notices, message.id));
  });
  if (shown.length < messages.length) drawn.unshift(earlierItem(view, channel, thread, empty));
  return drawn.length ? drawn : [emptyItem(empty)];
}

/** A permalink may lead further back than what is drawn. */
function widen(view, messages) {
  const at = messages.findIndex((message) => message.id === place.target);
  if (at >= 0) view.limit = Math.max(view.limit, messages.length - at + PAGE / 4);
}

const isHere = (notice, channel, thread) => notice.channel === channel && (notice.thread ?? null) === (thread ?? null);

function groups(previous, message) {
  return previous.author.id === message.author.id && new Date(message.at) - new Date(previous.at) < GROUPED_MS;
}

function messageItem(message, shape) {
  const waiting = [...community.waiting].filter((key) => key.startsWith(`${message.id}|`));
  const open = place.thread === message.id;
  return {
    key: `message-${message.id}`,
    signature: JSON.stringify([message, shape, community.me, waiting, open]),
    make: () => renderMessage(message, shape),
    message,
  };
}

function noticesAfter(notices, id) {
  return notices.filter((notice) => notice.after === id).map(noticeItem);
}

function noticeItem(notice) {
  const waiting = [...community.waiting].filter((key) => key.startsWith(waitingKey({ action: "" }, { notice })));
  return { key: notice.key, signature: JSON.stringify([notice, waiting]), make: () => renderNotice(notice) };
}

function dayItem(message) {
  return dividerItem("day", dayName(message.at));
}

const repliesItem = (count) => dividerItem("replies", count === 1 ? "1 reply" : `${count} replies`);

function dividerItem(kind, words) {
  return { key: `${kind}-${words}`, signature: words, make: () => el("p", { class: "divider" }, el("span", {}, words)) };
}

function earlierItem(view, channel, thread, empty) {
  const more = () => {
    const height = view.scroller.scrollHeight - view.scroller.scrollTop;
    view.limit += PAGE;
    view.draw(channel, thread, empty);
    view.scroller.scrollTop = view.scroller.scrollHeight - height;
  };
  const button = () => el("p", { class: "earlier" }, el("button", { class: "button", type: "button", onclick: more }, "Show earlier messages"));
  return { key: "earlier", signature: `${view.key}/${view.limit}`, make: button };
}

function emptyItem(empty) {
  const words = () => el("div", { class: "empty" }, icon("waves"), el("p", {}, empty));
  return { key: "empty", signature: empty, make: words };
}

/** Scrolls to what was asked for; a message also lights up for a moment. */
function reveal({ list }) {
  const node = [...list.children].find((child) => [`message-${place.target}`, place.target].includes(child.dataset.key));
  if (!node || place.target === null) return;
  const message = node.matches("article");
  node.scrollIntoView({ block: message ? "center" : "nearest" });
  if (message) {
    node.classList.add("flash");
    setTimeout(() => node.classList.remove("flash"), 2600);
  }
  place.target = null;
}

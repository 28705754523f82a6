/** What a timeline shows, in order: days, messages, private notices, a way back in time. */

import { waitingKey } from "./answers.js";
import { community, messagesOf } from "./community.js";
import { el, icon } from "./elements.js";
import { renderMessage, renderNotice } from "./messages.js";
import { place } from "./place.js";
import { dayName } from "./times.js";

/** Messages drawn at first, and added by each step back. */
export const PAGE = 120;
const GROUPED_MS = 5 * 60_000;

/** Items for `reconcile`, of the channel or thread that `view` shows. */
export function items(view, channel, thread, empty) {
  const messages = messagesOf(channel, thread);
  widen(view, messages);
  const shown = messages.slice(-view.limit);
  const notices = community.notices.filter(
    (notice) => notice.person === community.me && isHere(notice, channel, thread),
  );
  const drawn = [...noticesAfter(notices, null)];
  shown.forEach((message, at) => {
    const previous = shown[at - 1];
    const newDay = !previous || dayName(previous.at) !== dayName(message.at);
    if (newDay && !thread) drawn.push(dayItem(message));
    drawn.push(
      messageItem(message, {
        grouped: !newDay && drawn.at(-1)?.message === previous && groups(previous, message),
        inThread: Boolean(thread),
      }),
    );
    if (thread && message.id === thread && messages.length > 1)
      drawn.push(repliesItem(messages.length - 1));
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

const isHere = (notice, channel, thread) =>
  notice.channel === channel && (notice.thread ?? null) === (thread ?? null);

function groups(previous, message) {
  return (
    previous.author.id === message.author.id &&
    new Date(message.at) - new Date(previous.at) < GROUPED_MS
  );
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
  const waiting = [...community.waiting].filter((key) =>
    key.startsWith(waitingKey({ action: "" }, { notice })),
  );
  return {
    key: notice.key,
    signature: JSON.stringify([notice, waiting]),
    make: () => renderNotice(notice),
  };
}

function dayItem(message) {
  return dividerItem("day", dayName(message.at));
}

const repliesItem = (count) => dividerItem("replies", count === 1 ? "1 reply" : `${count} replies`);

function dividerItem(kind, words) {
  return {
    key: `${kind}-${words}`,
    signature: words,
    make: () => el("p", { class: "divider" }, el("span", {}, words)),
  };
}

function earlierItem(view, channel, thread, empty) {
  const more = () => {
    const height = view.scroller.scrollHeight - view.scroller.scrollTop;
    view.limit += PAGE;
    view.draw(channel, thread, empty);
    view.scroller.scrollTop = view.scroller.scrollHeight - height;
  };
  const button = () =>
    el(
      "p",
      { class: "earlier" },
      el("button", { class: "button", type: "button", onclick: more }, "Show earlier messages"),
    );
  return { key: "earlier", signature: `${view.key}/${view.limit}`, make: button };
}

function emptyItem(empty) {
  const words = () => el("div", { class: "empty" }, icon("waves"), el("p", {}, empty));
  return { key: "empty", signature: empty, make: words };
}

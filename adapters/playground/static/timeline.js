/** A scrolling list of messages that follows what is new and finds what was asked for. */

import { community, messagesOf } from "./community.js";
import { el, icon } from "./elements.js";
import { items, PAGE } from "./items.js";
import { place } from "./place.js";
import { reconcile } from "./reconcile.js";

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
  const button = el(
    "button",
    { class: "newer", type: "button", hidden: true, onclick: () => toEnd(view) },
    "New messages",
    icon("chevron"),
  );
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

/** Scrolls to what was asked for; a message also lights up for a moment. */
function reveal({ list }) {
  const node = [...list.children].find((child) =>
    [`message-${place.target}`, place.target].includes(child.dataset.key),
  );
  if (!node || place.target === null) return;
  const message = node.matches("article");
  node.scrollIntoView({ block: message ? "center" : "nearest" });
  if (message) {
    node.classList.add("flash");
    setTimeout(() => node.classList.remove("flash"), 2600);
  }
  place.target = null;
}

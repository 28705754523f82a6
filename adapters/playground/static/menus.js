/** The small popover: emoji to react with, and what can be done with a message. */

import { useShortcut } from "./answers.js";
import { community } from "./community.js";
import { byId, el, icon } from "./elements.js";
import { openThread } from "./place.js";
import { toggleReaction } from "./reactions.js";
import { toast } from "./toasts.js";

const MARGIN = 8;

export function openPicker(opener, message) {
  const pick = (emoji) => choose(() => toggleReaction(message, emoji));
  const buttons = community.emoji.map((emoji) =>
    el(
      "button",
      { class: "emoji", type: "button", "aria-label": emoji, onclick: pick(emoji) },
      emoji,
    ),
  );
  open(opener, el("div", { class: "picker", role: "group", "aria-label": "Reactions" }, buttons));
}

export function openMessageMenu(opener, message, inThread) {
  const item = (label, picture, act) =>
    el("button", { type: "button", role: "menuitem", onclick: choose(act) }, icon(picture), label);
  const shortcuts = community.shortcuts.map((shortcut) =>
    item(shortcut.help, "idea", () => useShortcut(message, shortcut)),
  );
  const thread = inThread ? null : item("Reply in thread", "reply", () => openThread(message.id));
  open(
    opener,
    el(
      "div",
      { class: "menu", role: "menu", "aria-label": "Message menu" },
      shortcuts,
      thread,
      item("Copy link", "link", () => copyLink(message)),
    ),
  );
}

function choose(act) {
  return () => {
    byId("popover").hidePopover();
    act();
  };
}

async function copyLink(message) {
  const link = new URL(message.permalink, location.origin).href;
  try {
    await navigator.clipboard.writeText(link);
    toast("Link copied.", "good");
  } catch {
    toast(link, "good");
  }
}

function open(opener, body) {
  const popover = byId("popover");
  popover.replaceChildren(body);
  popover.showPopover();
  opener.setAttribute("aria-expanded", "true");
  // Hiding returns the focus by itself, unless the message was drawn anew meanwhile.
  popover.ontoggle = (event) =>
    event.newState === "closed" && opener.setAttribute("aria-expanded", "false");
  popover.onkeydown = steer;
  beside(popover, opener.getBoundingClientRect());
  popover.querySelector("button")?.focus();
}

function beside(popover, anchor) {
  const { offsetWidth: width, offsetHeight: height } = popover;
  const below = anchor.bottom + MARGIN / 2;
  const top = below + height + MARGIN > innerHeight ? anchor.top - height - MARGIN / 2 : below;
  const fits = anchor.left + width + MARGIN <= innerWidth;
  const left = fits ? anchor.left : anchor.right - width;
  popover.style.setProperty("top", `${Math.max(MARGIN, top)}px`);
  popover.style.setProperty("left", `${Math.max(MARGIN, left)}px`);
}

function steer(event) {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement);
  buttons.at((at + step) % buttons.length).focus();
}

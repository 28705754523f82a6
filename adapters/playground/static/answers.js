/** What people do, and what the page shows when the server has answered. */

import { post } from "./api.js";
import { noteDeed } from "./checklist.js";
import { addNotice, changed, channelOf, community, personOf } from "./community.js";
import { openForm } from "./forms.js";
import { openThread, place } from "./place.js";
import { toast } from "./toasts.js";

/** Sends a message or a command; false when it was refused and the words should stay. */
export async function say(channel, thread, text) {
  const name = text.startsWith("/") ? "command" : "message";
  return carryOut(name, { channel, thread, text }, { kind: name, text });
}

/** Presses a button of a message or of a notice. A second press while waiting does nothing. */
export async function press(button, { message, notice }) {
  const wait = waitingKey(button, { message, notice });
  if (community.waiting.has(wait)) return;
  community.waiting.add(wait);
  changed();
  const body = {
    action: button.action,
    message: message?.id ?? null,
    notice: notice?.notice ?? null,
    channel: (message ?? notice).channel,
  };
  await carryOut("press", body, {
    kind: "press",
    label: button.label,
    channel: body.channel,
    notice: body.notice,
  });
  community.waiting.delete(wait);
  changed();
}

/** Names one press of one button, to show it as busy. */
export function waitingKey(button, { message, notice }) {
  return `${message?.id ?? notice?.key}|${button.action}`;
}

export const react = (message, emoji, added) =>
  carryOut("react", { message: message.id, emoji, added }, { kind: "react", emoji, added });

export const useShortcut = (message, shortcut) =>
  carryOut(
    "shortcut",
    { message: message.id, shortcut: shortcut.name },
    { kind: shortcut.name, channel: message.channel },
  );

export const setDirects = (open) => carryOut("person", { directs_open: open }, { kind: "setting" });

async function carryOut(name, body, deed) {
  const person = community.me;
  const answer = await post(name, { person, ...body });
  // Whoever was chosen meanwhile must not see what was whispered to somebody else.
  if (person !== community.me) return answer.kind !== "error";
  show(answer, { ...deed, person });
  return answer.kind !== "error";
}

/** Shows an answer; `deed` is what was asked. */
export function show(answer, deed) {
  if (answer.kind === "error") return toast(answer.text);
  if (answer.kind === "form") return openForm(answer, deed);
  noteDeed(deed);
  if (answer.kind === "whisper") showWhisper(answer, deed.notice);
  if (answer.kind === "update") showUpdate(answer);
}

/** Shows a private notice, in the place of the one named `pressed` if that is still there. */
export function showWhisper(whisper, pressed) {
  const notice = addNotice(whisper, pressed);
  if (!notice) return;
  if (notice.thread && notice.thread !== place.thread) openThread(notice.thread);
  if (notice.channel === place.channel) place.target = notice.key;
  else
    toast(
      `There is a private notice for ${personOf(community.me).name} in ${spoken(notice.channel)}.`,
      "good",
    );
}

function spoken(id) {
  const channel = channelOf(id);
  return channel && !channel.direct ? `#${channel.name}` : "the direct messages";
}

function showUpdate({ message, notice, content }) {
  const old = message && community.messages.get(message);
  if (old) community.messages.set(message, { ...old, content });
  const private_ = notice && community.notices.find((each) => each.notice === notice);
  if (private_) private_.content = content;
  changed();
}

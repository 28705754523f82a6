/** Which channel and thread are open. The address says so: `#ideas`, `#ideas/000123`. */

import { changed, channelOf, community } from "./community.js";
import { toast } from "./toasts.js";

export const place = { channel: null, thread: null, target: null };

/** Opens a channel, at a message if one is named. */
export function go(channel, message) {
  const hash = `#${encodeURIComponent(channel)}${message ? `/${encodeURIComponent(message)}` : ""}`;
  if (location.hash === hash) arrive();
  else location.hash = hash;
}

/** Reads the address and opens what it names. */
export function arrive() {
  const [name, message] = location.hash.slice(1).split("/").map(decode);
  const channel = community.channels.find((each) => each.id === name || each.name === name);
  // Somebody else's direct messages stand for one's own: the page was left as another person.
  if (name && !channel && !isDirect(name))
    toast("That conversation is not one this person can see.");
  const next = channel ?? channelOf(place.channel) ?? nearest(name);
  if (next?.id !== place.channel) place.thread = null;
  place.channel = next?.id ?? null;
  if (channel && message) aim(message);
  changed();
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const isDirect = (id) => Boolean(id?.startsWith("dm-"));

function nearest(from) {
  return (
    (isDirect(from) && community.channels.find((each) => each.direct)) || community.channels[0]
  );
}

function aim(id) {
  const message = community.messages.get(id);
  if (!message) return toast("That message is not one this person can see.");
  if (message.thread) place.thread = message.thread;
  place.target = id;
}

/** After a change of person: stays here if they may, else opens the nearest thing they see. */
export function settle() {
  if (channelOf(place.channel)) {
    if (!community.messages.has(place.thread)) place.thread = null;
    return changed();
  }
  const next = nearest(place.channel);
  Object.assign(place, { channel: next?.id ?? null, thread: null });
  if (next) history.replaceState(null, "", `#${encodeURIComponent(next.id)}`);
  changed();
}

export function openThread(root) {
  place.thread = root;
  changed();
}

export function closeThread() {
  place.thread = null;
  changed();
}

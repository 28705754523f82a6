/** What the page knows, as the chosen person sees it, and who wants to hear of changes. */

import { firstVisit, readUpTo } from "./memory.js";

export const community = {
  me: null,
  people: [],
  channels: [],
  messages: new Map(),
  commands: [],
  shortcuts: [],
  emoji: [],
  notices: [],
  waiting: new Set(),
  seq: 0,
  since: "",
};

const listeners = [];
let queued = false;

export const onChange = (listener) => listeners.push(listener);

/** Says that something changed; listeners run once for many changes in a row. */
export function changed() {
  if (queued) return;
  queued = true;
  queueMicrotask(() => {
    queued = false;
    for (const listener of listeners) listener();
  });
}

/** Takes over what the server says `me` can see. */
export function adopt(state, me) {
  const messages = new Map(state.messages.map((message) => [message.id, message]));
  Object.assign(community, state, { me: me ?? state.people[0]?.id ?? null, messages });
  community.since = firstVisit(latestAt([...messages.values()]));
  changed();
}

/** Takes one event of the stream. */
export function receive(event) {
  community.seq = Math.max(community.seq, event.seq);
  if (event.person) replacePerson(event.person);
  if (event.message) community.messages.set(event.message.id, event.message);
  changed();
}

function replacePerson(person) {
  community.people = community.people.map((each) => (each.id === person.id ? person : each));
}

export const personOf = (id) => community.people.find((person) => person.id === id);
export const channelOf = (id) => community.channels.find((channel) => channel.id === id);

/** Messages of a channel (roots only), or of a thread with its root first. */
export function messagesOf(channel, thread) {
  // A changed message may arrive before an older one that changed earlier: sorted, not as it came.
  const all = [...community.messages.values()].sort(byTime);
  if (thread) return all.filter((message) => message.id === thread || message.thread === thread);
  return all.filter((message) => message.channel === channel && !message.thread);
}

function byTime(one, other) {
  const [left, right] = [one.at + one.id, other.at + other.id];
  return left < right ? -1 : Number(left > right);
}

/** When the latest of these was written. */
export function latestAt(messages) {
  return messages.reduce((latest, { at }) => (at > latest ? at : latest), "");
}

/** Whether somebody else wrote here since the person last looked. */
export function isUnread(channel) {
  const read = readUpTo(community.me, channel);
  const seen = read > community.since ? read : community.since;
  return [...community.messages.values()].some(
    (message) =>
      message.channel === channel && message.at > seen && message.author.id !== community.me,
  );
}

let noticeCount = 0;
const overtaken = new Set();

/**
 * Adds a private notice, or puts it where the notice `pressed` was. What comes later may be faster:
 * a notice that it stands for is not shown any more, and then this is null.
 */
export function addNotice(whisper, pressed) {
  if (overtaken.delete(whisper.notice)) return null;
  const old = community.notices.find((notice) => notice.notice === pressed);
  if (old) Object.assign(old, { notice: whisper.notice, content: whisper.content });
  else community.notices.push(placedNotice(whisper));
  if (!old && whisper.replaces) overtaken.add(whisper.replaces);
  changed();
  return old ?? community.notices.at(-1);
}

function placedNotice(whisper) {
  const last = messagesOf(whisper.channel, whisper.thread).at(-1);
  noticeCount += 1;
  return {
    ...whisper,
    key: `notice-${noticeCount}`,
    person: community.me,
    after: last?.id ?? null,
  };
}

export function dropNotice(notice) {
  community.notices = community.notices.filter((each) => each !== notice);
  changed();
}

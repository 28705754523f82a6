/** What this browser remembers: who you are, what was read, how far the list got. */

const PREFIX = "sounding-board.";

function read(name, fallback) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name)) ?? fallback;
  } catch {
    return fallback;
  }
}

function write(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // Private windows may refuse storage; the page works without it.
  }
}

export const rememberedPerson = () => read("person", null);
export const rememberPerson = (id) => write("person", id);

/** Up to when everything counts as read on a first visit, so that a sample community is calm. */
export function firstVisit(latest) {
  const since = read("since", null);
  if (since === null) write("since", latest);
  return since ?? latest;
}

export const readUpTo = (person, channel) => read("read", {})[`${person}/${channel}`] ?? "";

/** Notes that `person` has seen `channel` up to the time `at`. */
export function markRead(person, channel, at) {
  const marks = read("read", {});
  if ((marks[`${person}/${channel}`] ?? "") >= at) return false;
  marks[`${person}/${channel}`] = at;
  write("read", marks);
  return true;
}

/** Steps of the list that were done, with the time of each. */
export const stepsDone = () => read("steps", {});

/** Ticks or clears a step of the list. */
export function setStep(name, done) {
  const { [name]: before, ...rest } = stepsDone();
  write("steps", done ? { ...rest, [name]: before ?? new Date().toISOString() } : rest);
}

export const listOpen = () => read("list", true);
export const setListOpen = (open) => write("list", open);

/** Says when something was. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });
const weekday = new Intl.DateTimeFormat("en", { weekday: "long", day: "numeric", month: "long" });
const short = new Intl.DateTimeFormat("en", { day: "numeric", month: "short" });

export const exactly = (at) => full.format(new Date(at));
export const clockTime = (at) => clock.format(new Date(at));

/** "3 min ago", "yesterday 14:03", "3 Mar 14:03". */
export function ago(at, now = new Date()) {
  const then = new Date(at);
  const passed = now - then;
  if (passed < MINUTE) return "just now";
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`;
  if (daysBetween(then, now) === 0) return `${Math.floor(passed / HOUR)} h ago`;
  if (daysBetween(then, now) === 1) return `yesterday ${clock.format(then)}`;
  return `${short.format(then)} ${clock.format(then)}`;
}

/** "Today", "Yesterday", "Monday, March 3". */
export function dayName(at, now = new Date()) {
  const days = daysBetween(new Date(at), now);
  if (days === 0) return "Today";
  return days === 1 ? "Yesterday" : weekday.format(new Date(at));
}

function daysBetween(then, now) {
  // Rounded, because a day of a clock change has 23 or 25 hours.
  return Math.round((startOfDay(now) - startOfDay(then)) / (24 * HOUR));
}

function startOfDay(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate());
}

/** Rewrites the relative times on the page. */
export function refreshTimes() {
  for (const node of document.querySelectorAll("time[data-ago]"))
    node.textContent = ago(node.dateTime);
}

/** Puts the page together. */

import { noteDeed, drawChecklist, startChecklist } from "./checklist.js";
import {
  changed,
  channelOf,
  community,
  isUnread,
  latestAt,
  onChange,
  personOf,
} from "./community.js";
import { composer } from "./composer.js";
import { setDrawer, startDrawer } from "./drawer.js";
import { avatar, byId } from "./elements.js";
import { joinAs } from "./live.js";
import { markRead, rememberedPerson } from "./memory.js";
import { arrive, closeThread, go, place, settle } from "./place.js";
import { drawSidebar } from "./sidebar.js";
import { timeline } from "./timeline.js";
import { refreshTimes } from "./times.js";

const drawChannel = timeline(byId("scroller"));
const drawThread = timeline(byId("thread-scroller"));
const messageBox = composer(byId("foot"), "Message");
const replyBox = composer(byId("thread-foot"), "Reply");
let shownThread = null;

const EMPTY = {
  direct: "Nothing here yet. When the team decides about an idea of yours, you read it here.",
  private:
    "All quiet. Ideas that moderators send up will land here, with the customers' own words.",
  open: "Nobody has said anything yet. Be the first, or type /suggest to share an idea.",
  thread: "This message is gone.",
};

function draw() {
  const channel = channelOf(place.channel);
  drawSidebar(become);
  drawChecklist();
  if (!channel) return;
  drawHeader(channel);
  messageBox.draw(channel.id, null, `Message ${titleOf(channel)}`);
  drawChannel(
    channel.id,
    null,
    EMPTY[channel.direct ? "direct" : channel.private ? "private" : "open"],
  );
  drawThreadPanel(channel);
  noteReading(channel);
}

const titleOf = (channel) => (channel.direct ? channel.name : `#${channel.name}`);

function drawHeader(channel) {
  byId("channel-name").textContent = titleOf(channel);
  byId("channel-topic").textContent = channel.topic ?? "";
  byId("timeline").setAttribute("aria-label", `Messages in ${titleOf(channel)}`);
  const me = personOf(community.me);
  byId("viewer").replaceChildren(avatar(me, "small"), `You are ${me.name.split(" ")[0]}`);
  const unread = community.channels.some(({ id }) => id !== channel.id && isUnread(id));
  document.title = `${unread ? "• " : ""}${titleOf(channel)} · Sounding Board`;
}

function drawThreadPanel(channel) {
  byId("thread").hidden = !place.thread;
  byId("app").classList.toggle("thread-open", Boolean(place.thread));
  if (place.thread) {
    byId("thread-place").textContent = `in ${titleOf(channel)}`;
    replyBox.draw(channel.id, place.thread, "Reply in this thread");
    drawThread(channel.id, place.thread, EMPTY.thread);
  } else byId("thread-timeline").replaceChildren();
  if (place.thread && place.thread !== shownThread) replyBox.focus();
  shownThread = place.thread;
}

function noteReading(channel) {
  if (document.hidden) return;
  const here = [...community.messages.values()].filter((message) => message.channel === channel.id);
  markRead(community.me, channel.id, latestAt(here));
  if (channel.direct)
    noteDeed({
      kind: "read",
      person: community.me,
      latest: latestAt(here.filter(({ author }) => author.bot)),
    });
}

async function become(person) {
  if (person === community.me) return setDrawer(false);
  if (await joinAs(person)) settle();
  setDrawer(false);
}

async function visit(person, where) {
  if (person && person !== community.me) await become(person);
  const channel = community.channels.find((each) =>
    where === "direct" ? each.direct : each.id === where || each.name === where,
  );
  if (channel) go(channel.id);
  setDrawer(false);
  messageBox.focus();
}

function leaveThread() {
  closeThread();
  messageBox.focus();
}

function onKey(event) {
  const step = event.altKey && { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step) {
    event.preventDefault();
    const at = community.channels.findIndex((channel) => channel.id === place.channel);
    go(community.channels.at((at + step) % community.channels.length).id);
  } else if (
    event.key === "Escape" &&
    !event.defaultPrevented &&
    byId("thread").contains(event.target)
  )
    leaveThread();
}

/** A click on the address that is already open changes no address, yet should lead there. */
function onClick(event) {
  const link = event.target.closest("a");
  if (link?.hasAttribute("data-skip")) {
    event.preventDefault();
    messageBox.focus();
  } else if (
    link &&
    link.hash &&
    link.hash === location.hash &&
    link.pathname === location.pathname
  )
    arrive();
}

async function start() {
  onChange(draw);
  startDrawer();
  startChecklist(visit);
  byId("thread-close").addEventListener("click", leaveThread);
  addEventListener("hashchange", arrive);
  addEventListener("keydown", onKey);
  addEventListener("click", onClick);
  document.addEventListener("visibilitychange", changed);
  setInterval(refreshTimes, 20_000);
  const known = await joinAs(rememberedPerson());
  // The remembered person may be from an earlier community.
  if (known || (await joinAs(null))) arrive();
}

start();

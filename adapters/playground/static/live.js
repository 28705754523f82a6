/** Keeps the page in step with the server, and comes back when the line breaks. */

import { showWhisper } from "./answers.js";
import { listen, readState } from "./api.js";
import { adopt, community, receive } from "./community.js";
import { byId } from "./elements.js";
import { rememberPerson } from "./memory.js";
import { toast } from "./toasts.js";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;

let stop = () => {};
let turn = 0;

/** Sees the community as `person`; true once it is on the page. */
export async function joinAs(person) {
  turn += 1;
  const mine = turn;
  const state = await readState(person);
  if (mine !== turn) return false;
  if (!state.people) {
    stay(state.text, person, mine);
    return false;
  }
  enter(state, person, mine);
  return true;
}

/** The switch failed: go on as before. A remembered person who is gone is no news to anybody. */
function stay(why, person, mine) {
  if (community.me) follow(mine, FIRST_WAIT_MS);
  if (community.me || !person) toast(why);
}

function enter(state, person, mine) {
  adopt(state, person);
  rememberPerson(community.me);
  follow(mine, FIRST_WAIT_MS);
}

function follow(mine, wait) {
  stop();
  let pause = wait;
  stop = listen(community.me, community.seq, {
    onEvent: hear,
    onOpen: () => {
      pause = FIRST_WAIT_MS;
      setOffline(false);
    },
    onLost: () => {
      setOffline(true);
      setTimeout(() => comeBack(mine, Math.min(pause * 2, LONGEST_WAIT_MS)), pause);
    },
  });
}

/** A change of the community, or an answer that took its time and replaces the first one. */
function hear(event) {
  if (event.notice) showWhisper(event.notice, event.notice.replaces);
  else receive(event);
}

/** Reads everything again: a restarted server may have counted on without us. */
async function comeBack(mine, wait) {
  if (mine !== turn) return;
  const state = await readState(community.me);
  if (mine !== turn) return;
  if (state.people) {
    adopt(state, community.me);
    return follow(mine, wait);
  }
  setOffline(true, state.text);
  setTimeout(() => comeBack(mine, Math.min(wait * 2, LONGEST_WAIT_MS)), wait);
}

function setOffline(offline, why = "Connection lost.") {
  byId("offline").hidden = !offline;
  byId("offline").textContent = `${why} Reconnecting…`;
}

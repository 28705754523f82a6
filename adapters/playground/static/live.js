/** Keeps the page in step with the server, and comes back when the line breaks. */

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
export async function joinAs(person, onMessage) {
  turn += 1;
  const mine = turn;
  const state = await readState(person);
  if (mine !== turn) return false;
  if (!state.people) {
    toast(state.text);
    return false;
  }
  enter(state, person, onMessage, mine);
  return true;
}

function enter(state, person, onMessage, mine) {
  adopt(state, person);
  rememberPerson(community.me);
  follow(onMessage, mine, FIRST_WAIT_MS);
}

function follow(onMessage, mine, wait) {
  stop();
  let pause = wait;
  stop = listen(community.me, community.seq, {
    onEvent: (event) => {
      const message = receive(event);
      if (message) onMessage(message);
    },
    onOpen: () => {
      pause = FIRST_WAIT_MS;
      setOffline(false);
    },
    onLost: () => {
      setOffline(true);
      setTimeout(() => comeBack(onMessage, mine, Math.min(pause * 2, LONGEST_WAIT_MS)), pause);
    },
  });
}

/** Reads everything again: a restarted server may have counted on without us. */
async function comeBack(onMessage, mine, wait) {
  if (mine !== turn) return;
  const state = await readState(community.me);
  if (mine !== turn) return;
  if (state.people) {
    adopt(state, community.me);
    return follow(onMessage, mine, wait);
  }
  setOffline(true, state.text);
  setTimeout(() => comeBack(onMessage, mine, Math.min(wait * 2, LONGEST_WAIT_MS)), wait);
}

function setOffline(offline, why = "Connection lost.") {
  byId("offline").hidden = !offline;
  byId("offline").textContent = `${why} Reconnecting…`;
}

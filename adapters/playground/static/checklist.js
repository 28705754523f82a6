/** The short "Try this" list. Steps tick themselves when done; a click ticks them too. */

import { community } from "./community.js";
import { byId, el } from "./elements.js";
import { listOpen, setListOpen, setStep, stepsDone } from "./memory.js";
import { reconcile } from "./reconcile.js";

/** `who` is a place in the cast, `at` where to do it, `is` recognises the deed. */
const STEPS = [
  {
    name: "suggest",
    who: "first",
    at: "ideas",
    words: (n) => `As ${n.first}, type /suggest and share an idea.`,
    is: (deed, cast) => deed.person === cast.first && submitted(deed, /^\/suggest/),
  },
  {
    name: "vote",
    who: "second",
    at: "ideas",
    words: (n) => `As ${n.second}, suggest nearly the same, and add a vote instead.`,
    is: (deed, cast) =>
      deed.person === cast.second && deed.kind === "press" && /^(add my )?vote/i.test(deed.label),
  },
  {
    name: "raise",
    who: "moderator",
    at: "ideas",
    words: (n) => `As ${n.moderator}, react 🚀 to the idea.`,
    is: (deed, cast) =>
      deed.person === cast.moderator && deed.kind === "react" && deed.added && deed.emoji === "🚀",
  },
  {
    name: "decide",
    who: "product",
    at: "product-inbox",
    words: (n) => `As ${n.product}, plan or decline it in #product-inbox and say why.`,
    is: (deed, cast) => deed.person === cast.product && /^(plan|decline)/i.test(deed.label ?? ""),
  },
  {
    name: "hear",
    who: "first",
    at: "direct",
    words: (n) => `A minute later, read what ${n.first} is told in a direct message.`,
    is: (deed, cast) =>
      deed.kind === "read" &&
      deed.person === cast.first &&
      Date.parse(deed.latest) > Date.parse(stepsDone().decide),
  },
  {
    name: "turn",
    who: "first",
    at: "general",
    words: () => "Turn somebody's message into an idea from its menu (⋯).",
    is: (deed) => deed.kind === "turn_into_idea" || deed.after === "turn_into_idea",
  },
  {
    name: "shorten",
    who: "second",
    at: "general",
    words: () => "Have a thread summarised from the menu (⋯) of a message in it.",
    is: (deed) => deed.kind === "summarize_thread",
  },
];

const submitted = (deed, command) => deed.kind === "submit" && command.test(deed.text ?? "");

/** Who plays which part: the ids of two members, a moderator and somebody from product. */
function cast() {
  const ids = (role) =>
    community.people.filter((person) => person.role === role).map((person) => person.id);
  const [first, second] = ids("member");
  return { first, second, moderator: ids("moderator")[0], product: ids("product")[0] };
}

function castNames() {
  const name = (id) =>
    community.people.find((person) => person.id === id)?.name.split(" ")[0] ?? "somebody";
  return Object.fromEntries(Object.entries(cast()).map(([part, id]) => [part, name(id)]));
}

/** Ticks the steps that a deed completes. */
export function noteDeed(deed) {
  const done = STEPS.filter((step) => !stepsDone()[step.name] && step.is(deed, cast()));
  for (const step of done) setStep(step.name, true);
  if (done.length) drawChecklist();
}

let visit = () => {};

/** Shows the list; `visitAs(person, place)` takes the visitor to where a step is done. */
export function startChecklist(visitAs) {
  const box = byId("checklist");
  visit = visitAs;
  box.open = listOpen();
  box.addEventListener("toggle", () => setListOpen(box.open));
}

export function drawChecklist() {
  const done = stepsDone();
  const names = castNames();
  const next = STEPS.find((step) => !done[step.name]);
  byId("checklist-count").textContent =
    `${STEPS.filter((step) => done[step.name]).length} of ${STEPS.length}`;
  reconcile(
    byId("steps"),
    STEPS.map((step) =>
      stepItem(step, { done: Boolean(done[step.name]), next: step === next }, names),
    ),
  );
}

function stepItem(step, { done, next }, names) {
  const person = cast()[step.who];
  const elsewhere = person && person !== community.me;
  const tick = el("input", {
    type: "checkbox",
    onchange: (event) => tickStep(step, event.target.checked),
  });
  tick.checked = done;
  const words = step.words(names);
  const take = { class: "step-go", type: "button", onclick: () => visit(person, step.at) };
  const make = () =>
    el(
      "li",
      { class: done ? "done" : "" },
      el("label", {}, tick, el("span", {}, words)),
      next ? el("button", take, elsewhere ? `Be ${names[step.who]}` : "Go there") : null,
    );
  return { key: step.name, signature: JSON.stringify([done, next, words, elsewhere]), make };
}

function tickStep(step, done) {
  setStep(step.name, done);
  drawChecklist();
}

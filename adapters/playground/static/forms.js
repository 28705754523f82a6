/** Forms, as a dialog over the page. */

import { post } from "./api.js";
import { show } from "./answers.js";
import { community } from "./community.js";
import { byId, el, icon } from "./elements.js";
import { buildField } from "./fields.js";

const MISSING = "Please fill this in.";

/** Opens the form an answer brought; `deed` is what it was the answer to. */
export function openForm(answer, deed) {
  const dialog = byId("form");
  const view = {
    dialog,
    answer,
    deed,
    opener: document.activeElement,
    fields: answer.fields.map((field) => buildField(field, answer.form)),
  };
  dialog.replaceChildren(build(view));
  dialog.oncancel = (event) => {
    event.preventDefault();
    close(view);
  };
  if (!dialog.open) dialog.showModal();
  view.fields[0]?.focus();
}

function close({ dialog, opener }) {
  dialog.close();
  dialog.replaceChildren();
  giveBack(opener);
}

/** Back to where the form was opened from, or to the message box if that was drawn anew. */
function giveBack(opener) {
  const there = opener?.isConnected && opener !== document.body;
  const target = there ? opener : byId("foot").querySelector("textarea");
  // The dialog gives the focus back itself, but Chromium (seen in 156) then leaves a text box deaf
  // to typing when the field that had the focus is gone: it has to get the focus afresh.
  target.blur();
  target.focus({ preventScroll: true });
}

function build(view) {
  const { answer } = view;
  view.trouble = el("p", { class: "problem", role: "alert", hidden: true });
  view.submit = el(
    "button",
    { class: "button tone-good", type: "submit" },
    answer.submit || "Send",
  );
  const leave = { type: "button", onclick: () => close(view) };
  return el(
    "form",
    { novalidate: true, onsubmit: (event) => submit(view, event) },
    el(
      "header",
      {},
      el("h2", { id: "form-title" }, answer.title),
      el("button", { ...leave, class: "quiet", "aria-label": "Close" }, icon("close")),
    ),
    el(
      "div",
      { class: "form-body" },
      answer.intro ? el("p", { class: "intro" }, answer.intro) : null,
      view.fields.map((field) => field.node),
      view.trouble,
    ),
    el("footer", {}, el("button", { ...leave, class: "button" }, "Cancel"), view.submit),
  );
}

async function submit(view, event) {
  event.preventDefault();
  if (view.busy || !complete(view)) return;
  busy(view, true);
  const person = community.me;
  const values = Object.fromEntries(view.fields.map((field) => [field.name, field.value()]));
  const answer = await post("submit", { person, form: view.answer.form, values });
  busy(view, false);
  if (answer.kind === "invalid") return complain(view, answer.errors);
  if (answer.kind === "error") return say(view, answer.text);
  close(view);
  show(answer, { ...view.deed, kind: "submit", after: view.deed.kind, person });
}

function complete(view) {
  const missing = view.fields.filter((field) => field.required && !field.value().trim());
  complain(view, Object.fromEntries(missing.map((field) => [field.name, MISSING])));
  return !missing.length;
}

function complain(view, errors) {
  say(view, null);
  for (const field of view.fields) field.complain(errors[field.name]);
  view.fields.find((field) => errors[field.name])?.focus();
  const known = view.fields.map((field) => field.name);
  const homeless = Object.entries(errors).filter(([name]) => !known.includes(name));
  if (homeless.length) say(view, homeless.map(([, text]) => text).join(" "));
}

function say(view, text) {
  view.trouble.textContent = text ?? "";
  view.trouble.hidden = !text;
}

function busy(view, on) {
  view.busy = on;
  for (const name of ["aria-busy", "aria-disabled"]) {
    if (on) view.submit.setAttribute(name, "true");
    else view.submit.removeAttribute(name);
  }
}

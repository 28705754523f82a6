/** Where people write: Enter sends, Shift+Enter breaks the line, `/` offers commands. */

import { say } from "./answers.js";
import { community } from "./community.js";
import { el, icon } from "./elements.js";
import { listbox } from "./listbox.js";

const TALLEST = 220;
const touch = matchMedia("(hover: none)").matches;
const KEYS = touch ? "" : "Enter sends, Shift+Enter starts a new line.";

/** A composer named `label` in `foot`; returns `{draw(channel, thread, placeholder), focus()}`. */
export function composer(foot, label) {
  const input = el("textarea", { rows: "1", "aria-label": label, autocomplete: "off" });
  const send = el(
    "button",
    { class: "send", type: "submit", "aria-label": `Send ${label.toLowerCase()}`, title: "Send" },
    icon("send"),
  );
  const hint = el("p", { class: "composer-hint" });
  const view = { input, send, hint, drafts: new Map(), key: null, channel: null, thread: null };
  view.list = listbox(input, "Commands", (command) => insert(view, command));
  const form = el(
    "form",
    { class: "composer", onsubmit: (event) => submit(view, event) },
    view.list.node,
    input,
    send,
  );
  foot.append(form, hint);
  input.addEventListener("input", () => typed(view));
  input.addEventListener("keydown", (event) => pressed(view, event, form));
  input.addEventListener("blur", () => view.list.hide());
  return { draw: (...where) => draw(view, ...where), focus: () => input.focus() };
}

/** Turns to another conversation; what was half written there is still there. */
function draw(view, channel, thread, placeholder) {
  view.input.placeholder = placeholder;
  const key = `${community.me}/${channel}/${thread}`;
  if (view.key === key) return;
  if (view.key) view.drafts.set(view.key, view.input.value);
  Object.assign(view, { channel, thread, key });
  view.input.value = view.drafts.get(view.key) ?? "";
  typed(view);
  view.list.hide();
}

function typed(view) {
  const { input, send, hint } = view;
  input.style.setProperty("height", "auto");
  input.style.setProperty("height", `${Math.min(input.scrollHeight, TALLEST)}px`);
  send.classList.toggle("ready", Boolean(input.value.trim()));
  const command = commandIn(input.value);
  hint.textContent = command
    ? `/${command.name} ${usageOf(command)}: ${command.help}`
    : `${view.thread ? "" : "Type / for commands. "}${KEYS}`;
  view.list.show(view.thread ? [] : matching(input.value), renderCommand);
}

function matching(text) {
  const begun = /^\/(\S*)$/.exec(text);
  return begun ? commands().filter(({ name }) => name.startsWith(begun[1].toLowerCase())) : [];
}

const commands = () =>
  community.commands.map((command) => ({ ...command, name: command.name.replace(/^\//, "") }));
const commandIn = (text) =>
  commands().find(({ name }) => text === `/${name}` || text.startsWith(`/${name} `));
const usageOf = ({ name, usage }) =>
  usage.startsWith(`/${name}`) ? usage.slice(name.length + 1).trim() : usage;

function renderCommand(command) {
  const head = el(
    "span",
    { class: "command" },
    el("strong", {}, `/${command.name}`),
    ` ${usageOf(command)}`,
  );
  return [head, el("span", { class: "command-help" }, command.help)];
}

function insert(view, command) {
  view.input.value = `/${command.name} `;
  typed(view);
  view.input.focus();
}

function pressed(view, event, form) {
  // A command typed to its end is sent at once instead of being completed first.
  const whole = event.key === "Enter" && commandIn(view.input.value);
  if (!whole && view.list.handleKey(event)) return;
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
}

async function submit(view, event) {
  event.preventDefault();
  const text = view.input.value.trim();
  if (!text) return;
  const { key, channel, thread } = view;
  write(view, "");
  const taken = await say(channel, thread, text);
  if (taken) return;
  if (view.key === key && !view.input.value) write(view, text);
  else view.drafts.set(key, text);
}

function write(view, text) {
  view.input.value = text;
  typed(view);
  view.list.hide();
}

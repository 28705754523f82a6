/** The fields of a form. Each is `{node, name, value(), complain(text), focus()}`. */

import { post } from "./api.js";
import { community } from "./community.js";
import { el } from "./elements.js";
import { listbox } from "./listbox.js";

const PAUSE_MS = 180;

/** Builds one field of the form with this handle. */
export function buildField(field, form) {
  const id = `field-${field.name}`;
  const build =
    { text: buildText, choice: buildChoice, ideas: buildIdeas }[field.kind] ?? buildLine;
  const { input, extra, value } = build(field, form, id);
  const problem = el("p", { class: "problem", id: `${id}-problem`, hidden: true });
  const hint = field.hint ? el("p", { class: "hint", id: `${id}-hint` }, field.hint) : null;
  describe(input, field, id);
  const node = el(
    "div",
    { class: "field" },
    buildLabel(field, id),
    hint,
    el("div", { class: "field-box" }, input, extra),
    buildCounter(field, input),
    problem,
  );
  const read = value ?? (() => input.value);
  return {
    node,
    name: field.name,
    required: field.required,
    value: read,
    complain: complainer(input, problem),
    focus: () => input.focus(),
  };
}

function describe(input, field, id) {
  input.setAttribute("aria-describedby", `${id}-hint ${id}-problem`);
  if (field.required) input.setAttribute("aria-required", "true");
}

function buildLabel(field, id) {
  return el("label", { for: id, class: field.required ? "required" : null }, field.label);
}

function buildLine(field, form, id) {
  const input = el("input", { id, name: field.name, type: "text", autocomplete: "off" });
  input.value = field.value ?? "";
  return { input };
}

function buildText(field, form, id) {
  const input = el("textarea", { id, name: field.name, rows: "3" });
  input.value = field.value ?? "";
  return { input };
}

function buildChoice(field, form, id) {
  const options = (field.options ?? []).map((option) =>
    Array.isArray(option) ? option : [option, option],
  );
  const input = el("select", { id, name: field.name });
  if (!options.some(([value]) => value === (field.value ?? "")))
    input.append(el("option", { value: "" }, field.required ? "Choose one" : "None"));
  input.append(...options.map(([value, label]) => el("option", { value }, label)));
  input.value = field.value ?? "";
  return { input };
}

/** A line that completes ideas; the value is the chosen one's, or what was typed. */
function buildIdeas(field, form, id) {
  const { input } = buildLine(field, form, id);
  let chosen = null;
  let timer = 0;
  const list = listbox(input, "Ideas", (option) => {
    chosen = option;
    input.value = option[1];
  });
  const look = async () => {
    const typed = input.value;
    const answer = await post("choices", { person: community.me, form, field: field.name, typed });
    if (input.value === typed && document.activeElement === input)
      list.show(answer.options ?? [], ([, label]) => [label]);
  };
  input.addEventListener("input", () => {
    chosen = null;
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE_MS);
  });
  input.addEventListener("focus", () => chosen ?? look());
  input.addEventListener("keydown", list.handleKey);
  input.addEventListener("blur", list.hide);
  return { input, extra: list.node, value: () => (chosen ? chosen[0] : input.value) };
}

function buildCounter(field, input) {
  if (!field.limit || !["line", "text"].includes(field.kind)) return null;
  const counter = el("p", { class: "counter", "aria-hidden": "true" });
  const count = () => {
    const length = [...input.value].length;
    counter.textContent = `${length} / ${field.limit}`;
    counter.classList.toggle("over", length > field.limit);
    // A count from the first letter on would be noise.
    counter.classList.toggle("near", length > field.limit * 0.6);
  };
  input.addEventListener("input", count);
  count();
  return counter;
}

function complainer(input, problem) {
  return (text) => {
    problem.textContent = text ?? "";
    problem.hidden = !text;
    if (text) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  };
}

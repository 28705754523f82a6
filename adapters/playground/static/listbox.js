/** Suggestions under a text box: the box keeps the focus, arrows choose (ARIA combobox). */

import { el } from "./elements.js";

let count = 0;

/** Lets `input` offer options. `onPick(option)` is called with the chosen one. */
export function listbox(input, label, onPick) {
  count += 1;
  const node = el("ul", {
    class: "listbox",
    role: "listbox",
    id: `listbox-${count}`,
    "aria-label": label,
    hidden: true,
  });
  const state = { input, node, onPick, options: [], at: 0 };
  // A text area stays a text box: a combobox has one line. `aria-expanded` is for the latter only.
  if (input.matches("input")) input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", node.id);
  hide(state);
  return {
    node,
    show: (options, render) => show(state, options, render),
    hide: () => hide(state),
    handleKey: (event) => handleKey(state, event),
    isOpen: () => !node.hidden,
  };
}

function show(state, options, render) {
  if (!options.length) return hide(state);
  Object.assign(state, { options, at: 0 });
  state.node.replaceChildren(
    ...options.map((option, at) => renderOption(state, option, at, render)),
  );
  state.node.hidden = false;
  expand(state, true);
  mark(state);
}

function renderOption(state, option, at, render) {
  // Pressing the mouse must not take the focus from the box.
  const traits = {
    role: "option",
    id: `${state.node.id}-${at}`,
    onpointerdown: (event) => event.preventDefault(),
    onclick: () => pick(state, at),
  };
  return el("li", traits, ...render(option));
}

function hide(state) {
  state.node.hidden = true;
  state.options = [];
  expand(state, false);
  state.input.removeAttribute("aria-activedescendant");
}

function expand({ input }, open) {
  if (input.matches("input")) input.setAttribute("aria-expanded", String(open));
}

function mark(state) {
  [...state.node.children].forEach((child, at) =>
    child.setAttribute("aria-selected", String(at === state.at)),
  );
  state.input.setAttribute("aria-activedescendant", `${state.node.id}-${state.at}`);
  state.node.children[state.at].scrollIntoView({ block: "nearest" });
}

function pick(state, at) {
  const option = state.options[at];
  hide(state);
  state.onPick(option);
}

/** True when the key was for the list. */
function handleKey(state, event) {
  if (state.node.hidden || event.isComposing) return false;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    state.at = (state.at + step + state.options.length) % state.options.length;
    mark(state);
  } else if (event.key === "Enter" || event.key === "Tab") pick(state, state.at);
  else if (event.key === "Escape") hide(state);
  else return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}

/** Short sentences about what just went wrong or right. */

import { byId, el, icon } from "./elements.js";

const SHOWN_MS = 7000;

/** Shows a sentence for a while; `tone` is `bad` or `good`. */
export function toast(text, tone = "bad") {
  const node = el("div", { class: `toast ${tone}` }, el("p", {}, text));
  const close = () => node.remove();
  node.append(
    el(
      "button",
      { class: "quiet", type: "button", "aria-label": "Dismiss", onclick: close },
      icon("close"),
    ),
  );
  const tray = byId("toasts");
  for (const same of [...tray.children]) if (same.textContent === text) same.remove();
  tray.append(node);
  setTimeout(close, SHOWN_MS);
}

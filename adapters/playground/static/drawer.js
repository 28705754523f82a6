/** On a phone, people and channels slide in from the side. */

import { byId } from "./elements.js";

const narrow = matchMedia("(max-width: 760px)");

export function startDrawer() {
  byId("drawer-button").addEventListener("click", () => setDrawer(true));
  byId("shade").addEventListener("click", () => setDrawer(false));
  byId("side").addEventListener("keydown", (event) => event.key === "Escape" && setDrawer(false));
  byId("channels").parentElement.addEventListener(
    "click",
    (event) => event.target.closest("a") && setDrawer(false),
  );
  narrow.addEventListener("change", () => setDrawer(false));
  setDrawer(false);
}

/** Opens or closes the drawer; on a wide window the side is simply there. */
export function setDrawer(open) {
  const was = byId("app").classList.contains("drawer-open");
  byId("app").classList.toggle("drawer-open", open && narrow.matches);
  byId("drawer-button").setAttribute("aria-expanded", String(open && narrow.matches));
  byId("side").inert = narrow.matches && !open;
  byId("main").inert = narrow.matches && open;
  if (open) byId("people").querySelector("[aria-pressed=true]")?.focus();
  else if (was && narrow.matches) byId("drawer-button").focus();
}

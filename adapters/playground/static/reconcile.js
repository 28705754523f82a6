/** Brings a container's children in line with a list, touching only what differs. */

const signatures = new WeakMap();

/**
 * Items are `{key, signature, make}`. A child whose signature is unchanged is left alone, so that
 * focus, selection and scroll position survive an update of its neighbours.
 */
export function reconcile(container, items) {
  const focus = focused(container);
  const wanted = new Set(items.map((item) => item.key));
  const present = new Map();
  for (const child of [...container.children]) {
    if (wanted.has(child.dataset.key)) present.set(child.dataset.key, child);
    else child.remove();
  }
  let cursor = container.firstElementChild;
  for (const item of items) {
    const old = present.get(item.key);
    const node = settle(old, item);
    if (old && old === cursor) cursor = node;
    if (node === cursor) cursor = cursor.nextElementSibling;
    else container.insertBefore(node, cursor);
  }
  refocus(container, focus);
}

function settle(old, item) {
  if (old && signatures.get(old) === item.signature) return old;
  const fresh = item.make();
  fresh.dataset.key = item.key;
  signatures.set(fresh, item.signature);
  if (old) old.replaceWith(fresh);
  return fresh;
}

function focused(container) {
  const active = document.activeElement;
  if (!container.contains(active) || active === container) return null;
  const child = [...container.children].find((each) => each.contains(active));
  return { node: active, key: child.dataset.key, name: nameOf(active) };
}

function refocus(container, focus) {
  if (!focus || focus.node.isConnected) return;
  const child = [...container.children].find((each) => each.dataset.key === focus.key);
  const twin =
    child &&
    [...child.querySelectorAll("a, button, input")].find((each) => nameOf(each) === focus.name);
  twin?.focus({ preventScroll: true });
}

function nameOf(node) {
  return node.dataset.focus ?? node.getAttribute("aria-label") ?? node.textContent;
}

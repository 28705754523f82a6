/** Makes elements. Strings become text nodes, so people's words never become markup. */

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes, `on…` listeners and children. */
export function el(tag, traits = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(traits)) give(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

function give(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (typeof value === "function") node.addEventListener(name.slice(2), value);
  else node.setAttribute(name, value === true ? "" : value);
}

/** One of the symbols in index.html. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** A person's initials on their colour, or the bot's mark. */
export function avatar(author, extra = "") {
  if (author.bot)
    return el("span", { class: `avatar bot ${extra}`, "aria-hidden": "true" }, icon("mark"));
  const node = el(
    "span",
    { class: `avatar ${extra}`, "aria-hidden": "true" },
    initials(author.name),
  );
  node.style.setProperty("--face", author.color);
  node.style.setProperty("--face-ink", readableOn(author.color));
  return node;
}

function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters
    .map((word) => [...word][0])
    .join("")
    .toUpperCase();
}

function readableOn(color) {
  const [r, g, b] = [1, 3, 5].map((at) => linear(parseInt(color.slice(at, at + 2), 16) / 255));
  const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  // Equal contrast with white and with near-black lies at this luminance (WCAG 2 formula).
  return light > 0.18 ? "#14201f" : "#ffffff";
}

function linear(part) {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

export const byId = (id) => document.getElementById(id);

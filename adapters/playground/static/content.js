/** Turns content (lines, cards, image, buttons, attachment) into elements. */

import { press, waitingKey } from "./answers.js";
import { community } from "./community.js";
import { el, icon } from "./elements.js";

/** Characters from which a field's text gets a line of its own. */
const WORDY = 18;

/** All of a message's or notice's content; `origin` is `{message}` or `{notice}`. */
export function renderContent(content, origin) {
  return [
    renderLines(content.lines),
    ...(content.cards ?? []).map((card) => renderCard(card, origin)),
    renderImage(content.image),
    renderButtons(content.buttons, origin),
    renderAttachment(content.attachment),
  ];
}

function renderLines(lines) {
  if (!lines?.length) return null;
  return el(
    "div",
    { class: "lines" },
    lines.map((line) => el("p", {}, renderLine(line))),
  );
}

function renderLine(line) {
  return line.length ? line.map(renderInline) : [el("br")];
}

function renderInline(piece) {
  if (piece.t === "bold") return el("strong", {}, piece.text);
  if (piece.t === "code") return el("code", {}, piece.text);
  if (piece.t === "link") return renderLink(piece);
  if (piece.t === "mention") return renderMention(piece);
  return piece.text;
}

function renderLink({ text, url }) {
  const address = safeAddress(url);
  if (!address) return text;
  if (address.startsWith("#")) return el("a", { href: address }, text);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text);
}

/** The hash for our own pages, the address for http(s), nothing for the rest (`javascript:`). */
function safeAddress(url) {
  if (!url || !URL.canParse(url, location.href)) return null;
  const parsed = new URL(url, location.href);
  if (!["http:", "https:"].includes(parsed.protocol)) return null;
  const ours = parsed.origin === location.origin && parsed.pathname === "/" && parsed.hash;
  return ours ? parsed.hash : parsed.href;
}

function renderMention({ text, person }) {
  const mine = person === community.me ? "mine" : "";
  return el("span", { class: `mention ${mine}` }, text.startsWith("@") ? text : `@${text}`);
}

function renderCard(card, origin) {
  return el(
    "section",
    { class: `card tone-${toneOf(card)}`, "aria-label": card.title || "Card" },
    card.title ? el("h3", {}, card.title) : null,
    renderLines(card.body),
    renderFields(card.fields),
    card.footer?.length ? el("p", { class: "card-foot" }, renderLine(card.footer)) : null,
    renderButtons(card.buttons, origin),
  );
}

const toneOf = ({ tone }) => (["good", "bad", "busy"].includes(tone) ? tone : "plain");

function renderFields(fields) {
  if (!fields?.length) return null;
  const wide = (text) => (text.length > WORDY ? "wide" : null);
  const pairs = fields.map(([label, text]) =>
    el("div", { class: wide(text) }, el("dt", {}, label), el("dd", {}, text)),
  );
  return el("dl", {}, pairs);
}

function renderButtons(buttons, origin) {
  if (!buttons?.length) return null;
  return el(
    "div",
    { class: "buttons" },
    buttons.map((button) => renderButton(button, origin)),
  );
}

function renderButton(button, origin) {
  const waiting = community.waiting.has(waitingKey(button, origin));
  // Not `disabled`: that would drop the keyboard focus in the middle of a press.
  const traits = {
    class: `button tone-${toneOf(button)}`,
    type: "button",
    "aria-busy": waiting ? "true" : null,
    "aria-disabled": waiting ? "true" : null,
    onclick: () => press(button, origin),
  };
  return el("button", traits, button.label);
}

function renderImage(image) {
  if (!image?.source.startsWith("data:image/png;base64,")) return null;
  return el("img", { class: "picture", src: image.source, alt: image.alt });
}

function renderAttachment(attachment) {
  if (!attachment) return null;
  // An opaque type: the browser saves the file and never opens it as a page of ours.
  const blob = new Blob([attachment.content], { type: "application/octet-stream" });
  const traits = {
    class: "attachment",
    href: URL.createObjectURL(blob),
    download: attachment.name,
  };
  return el(
    "a",
    traits,
    icon("file"),
    el("span", {}, attachment.name),
    el("small", {}, sizeOf(blob.size)),
  );
}

const sizeOf = (bytes) => (bytes < 1024 ? `${bytes} bytes` : `${(bytes / 1024).toFixed(1)} kB`);

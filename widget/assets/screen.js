// @ts-check
// Renders a screen of the sequence: the bar, the heading, what to know and to
// do, the choices, and the answers so far.

import { renderChoices, renderConfirmations } from "./choices.js";
import { renderConnectionCheck } from "./connection.js";
import { charging } from "./device.js";
import { button, element } from "./elements.js";
import { renderEnding } from "./ending.js";
import { nodeTitle } from "./labels.js";
import { renderMessageField } from "./message.js";
import { renderText } from "./paths.js";
import { renderTrail } from "./trail.js";
import { renderVersions } from "./versions.js";

/**
 * @typedef {import("./engine.js").Screen} Screen
 * @typedef {import("./sequence.js").Sequence} Sequence
 * @typedef {import("./labels.js").Texts} Texts
 */

/** Steps at which it helps to know how good the connection is. */
const NETWORK_STEPS = ["conditions", "back-up-now", "stuck", "other-network"];

/** The estimate of the screens left holds if nothing helps, so it is only shown near the end. */
const MAX_ESTIMATE = 8;

/** @param {Screen} screen @param {Sequence} sequence @returns {HTMLElement[]} */
export function renderScreen(screen, sequence) {
  const trail = renderTrail(screen, sequence);
  const fromLink = sequence.answers.length > 0 && sequence.answers.every(({ linked }) => linked);
  return [
    renderBar(screen, sequence),
    ...(fromLink ? [trail] : []),
    element("h2", { tabindex: "-1" }, nodeTitle(sequence.texts, screen.node)),
    ...renderBody(screen, sequence),
    renderChoices(screen, sequence),
    ...renderMore(screen, sequence),
    ...(fromLink ? [] : [trail]),
  ];
}

/** How far the reader is; "" at an ending. @param {Screen} screen @param {Texts} texts */
export function progressText({ left, number }, { text, plural }) {
  if (left === 0) return "";
  return left <= MAX_ESTIMATE
    ? plural("sequence.left", "left", left, document.documentElement.lang)
    : text("sequence.number", { number: String(number) });
}

/** @param {Screen} screen @param {Sequence} sequence */
function renderBar(screen, sequence) {
  const { text } = sequence.texts;
  return element(
    "nav",
    { class: "bar", "aria-label": text("sequence.bar") },
    button(text("sequence.back"), { class: "quiet", "data-action": "back" }, () => sequence.back()),
    element("span", { class: "left" }, progressText(screen, sequence.texts)),
    button(text("sequence.restart"), { class: "quiet", "data-action": "restart" }, () => sequence.clear()),
  );
}

/** What is between heading and choices: what to know before an answer. @param {Screen} screen @param {Sequence} sequence @returns {HTMLElement[]} */
function renderBody(screen, sequence) {
  if (screen.held) return [element("p", { class: "held" }, ...renderText(sequence.texts, screen.held))];
  return [
    ...bodies[screen.kind](screen, sequence.texts),
    ...renderMessageField(screen.node, sequence.details.message ?? ""),
    ...renderConfirmations(screen, sequence),
  ];
}

/** @type {Record<Screen["kind"], (screen: Screen, texts: Texts) => HTMLElement[]>} */
const bodies = {
  question: ({ node }, texts) => paragraph(texts, `ask.${node}.text`),
  gate: ({ node }, texts) => paragraph(texts, `gate.${node}.text`, "warning"),
  fix: ({ node, notes }, texts) => [
    ...renderWarning(node, texts),
    ...notes.flatMap((id) => paragraph(texts, id, "note")),
    ...list("ol", texts, `step.${node}.do`),
  ],
  end: ({ node }, texts) => [...paragraph(texts, `end.${node}.text`), ...list("ul", texts, `end.${node}`)],
};

/** What follows the choices, so that they are in view together with what to do. @param {Screen} screen @param {Sequence} sequence @returns {HTMLElement[]} */
function renderMore(screen, sequence) {
  const { node, kind, held } = screen,
    { texts } = sequence;
  if (held) return [];
  return [
    ...paragraph(texts, `step.${node}.why`, "why"),
    ...renderSource(screen, texts), // up to here the document has first screens, too
    ...(texts.depends(texts.lines(`step.${node}.do`)) ? [renderVersions(sequence)] : []),
    ...(node === "conditions" ? [renderPower(texts)] : []),
    ...(NETWORK_STEPS.includes(node) ? [renderConnectionCheck(sequence)] : []),
    ...(kind === "end" ? renderEnding(node, sequence) : []),
  ];
}

/** @param {string} node @param {Texts} texts */
function renderWarning(node, texts) {
  const id = `step.${node}.warning`;
  if (!texts.has(id)) return [];
  const label = element("strong", {}, texts.text("page.warning"));
  return [element("p", { class: "warning" }, label, " ", ...renderText(texts, id))];
}

/** Says so if this device isn't charging. @param {Texts} texts */
function renderPower({ text }) {
  const power = element("p", { class: "why", role: "status" });
  charging().then((isCharging) => {
    if (isCharging === false) power.textContent = text("sequence.not-charging");
  });
  return power;
}

/** The link to Apple's article. @param {Screen} screen @param {Texts} texts */
function renderSource({ article, kind }, { text }) {
  if (!article) return kind === "fix" ? [element("p", { class: "source" }, text("page.reports"))] : [];
  const link = element(
    "a",
    { href: `https://support.apple.com/${article}`, target: "_blank", rel: "noopener" },
    text("page.article", { article }),
  );
  return [element("p", { class: "source" }, link)];
}

/** Nothing if the catalogue has no such text. @param {Texts} texts @param {string} id @param {string} [style] */
function paragraph(texts, id, style = "") {
  return texts.has(id) ? [element("p", { class: style }, ...renderText(texts, id))] : [];
}

/** @param {"ul" | "ol"} name @param {Texts} texts @param {string} prefix of the lines' ids */
function list(name, texts, prefix) {
  const items = texts.lines(prefix).map((id) => element("li", {}, ...renderText(texts, id)));
  return items.length > 0 ? [element(name, {}, ...items)] : [];
}

// @ts-check
// The connection check on the screen: the offer to measure, the result, and how
// long a backup takes at the measured speed.

import { online } from "./device.js";
import { button, element } from "./elements.js";
import { hours, measure, unstable } from "./network.js";

/**
 * @typedef {import("./labels.js").Texts} Texts
 * @typedef {import("./network.js").Network} Network
 */

/** Hours of a night, in which a backup can run. */
const NIGHT = 8;

/** @param {import("./sequence.js").Sequence} sequence gets the measurement */
export function renderConnectionCheck(sequence) {
  const { text } = sequence.texts;
  const result = element("div", { role: "status" });
  const start = button(text("network.start"), { "data-action": "measure" }, async () => {
    start.disabled = true;
    result.replaceChildren(element("p", {}, text(online() ? "network.running" : "network.offline")));
    const network = await measure();
    start.disabled = false;
    sequence.network = network;
    result.replaceChildren(...renderResult(network, sequence.texts));
  });
  return element(
    "details",
    { class: "check" },
    element("summary", {}, text("network.title")),
    element("p", {}, text("network.text")),
    start,
    result,
  );
}

/** @param {Network} network @param {Texts} texts */
function renderResult(network, texts) {
  const { lost, roundTrip, upload } = network,
    { text } = texts;
  const quality = text(unstable(network) ? "network.unstable" : "network.stable", {
    lost: formatNumber(lost ?? 0, { style: "percent" }),
    time: roundTrip === undefined ? "–" : formatNumber(roundTrip, { maximumFractionDigits: 0 }),
  });
  return [
    element("p", {}, quality),
    ...(upload ? renderUpload(upload, texts) : [element("p", {}, text("network.no-upload"))]),
  ];
}

/** @param {number} upload bits in a second @param {Texts} texts */
function renderUpload(upload, texts) {
  const { text } = texts;
  const size = /** @type {HTMLInputElement} */ (
    element("input", { type: "text", inputmode: "decimal", autocomplete: "off" })
  );
  const duration = element("p", { role: "status" });
  size.addEventListener("input", () => {
    const gigabytes = Number(size.value.replace(",", "."));
    const valid = gigabytes > 0 && gigabytes < 20_000;
    duration.textContent = valid ? durationText(hours(gigabytes, upload), texts) : "";
  });
  return [
    element("p", {}, text("network.upload", { speed: formatNumber(upload / 1e6) })),
    element("label", { class: "field" }, element("span", {}, text("network.size")), size),
    duration,
  ];
}

/** @param {number} needed hours @param {Texts} texts */
function durationText(needed, { text, plural }) {
  if (needed < 1) return text("network.hour");
  const values = { hours: formatNumber(needed, { maximumFractionDigits: 0 }) };
  if (needed <= NIGHT) return text("network.night", values);
  return plural("network.nights", "nights", Math.ceil(needed / NIGHT), document.documentElement.lang, values);
}

/** @param {number} number @param {Intl.NumberFormatOptions} [options] */
const formatNumber = (number, options = { maximumFractionDigits: 1 }) =>
  new Intl.NumberFormat(document.documentElement.lang, options).format(number);

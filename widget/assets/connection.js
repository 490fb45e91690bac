// @ts-check
// The connection check on the screen: the offer to measure, the result, and how
// long a backup takes at the measured speed.

import { online } from "./device.js";
import { button, element } from "./elements.js";
import { hours, measure, unstable } from "./network.js";

/**
 * @typedef {import("./labels.js").Texts["text"]} Text
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
    result.replaceChildren(...renderResult(network, text));
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

/** @param {Network} network @param {Text} text */
function renderResult(network, text) {
  const { lost, roundTrip, upload } = network;
  const quality = text(unstable(network) ? "network.unstable" : "network.stable", {
    lost: formatNumber((lost ?? 0) * 100, 0),
    time: roundTrip === undefined ? "–" : formatNumber(roundTrip, 0),
  });
  return [
    element("p", {}, quality),
    ...(upload ? renderUpload(upload, text) : [element("p", {}, text("network.no-upload"))]),
  ];
}

/** @param {number} upload bits in a second @param {Text} text */
function renderUpload(upload, text) {
  const size = /** @type {HTMLInputElement} */ (
    element("input", { type: "text", inputmode: "decimal", autocomplete: "off" })
  );
  const duration = element("p", { role: "status" });
  size.addEventListener("input", () => {
    const gigabytes = Number(size.value.replace(",", "."));
    const valid = gigabytes > 0 && gigabytes < 20_000;
    duration.textContent = valid ? durationText(hours(gigabytes, upload), text) : "";
  });
  return [
    element("p", {}, text("network.upload", { speed: formatNumber(upload / 1e6) })),
    element("label", { class: "field" }, element("span", {}, text("network.size")), size),
    duration,
  ];
}

/** @param {number} needed hours @param {Text} text */
function durationText(needed, text) {
  return text(needed <= NIGHT ? "network.night" : "network.nights", {
    hours: needed < 1 ? `< ${formatNumber(1)}` : formatNumber(needed, 0),
    nights: formatNumber(Math.ceil(needed / NIGHT), 0),
  });
}

/** @param {number} number @param {number} [digits] at most, of the fraction */
const formatNumber = (number, digits = 1) =>
  new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: digits }).format(number);

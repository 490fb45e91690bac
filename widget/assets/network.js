// @ts-check
// Measures the connection of the device that shows the widget, when its reader
// asks for it. What is sent is random and goes to the widget's own site.

import { online } from "./device.js";
import { button, element } from "./elements.js";

/** Bytes that measuring the upload sends. */
const PROBE = 256 * 1024;
const LIMIT = 8_000; // milliseconds for one request

/** @typedef {import("./support.js").Network} Network */

/** @param {string} address @param {RequestInit} init */
async function timed(address, init) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), LIMIT);
  const began = performance.now();
  try {
    const response = await fetch(address, { ...init, cache: "no-store", signal: controller.signal });
    if (!response.ok) throw new Error(String(response.status));
    return performance.now() - began;
  } finally {
    clearTimeout(timer);
  }
}

/** @param {number} tries @returns {Promise<Network>} */
export async function measure(tries = 6) {
  const times = [];
  for (let i = 0; i < tries; i++) {
    try {
      times.push(await timed("/api/status", { method: "HEAD" }));
    } catch {
      // lost, or too late to count
    }
  }
  /** @type {Network} */
  const network = { lost: (tries - times.length) / tries };
  if (times.length === 0) return network;
  times.sort((a, b) => a - b);
  network.roundTrip = times[Math.floor(times.length / 2)];
  try {
    const bytes = new Uint8Array(PROBE);
    for (let at = 0; at < PROBE; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
    const took = await timed("/probe", {
      method: "POST",
      body: bytes,
      headers: { "Content-Type": "application/octet-stream" },
    });
    network.upload = (PROBE * 8 * 1000) / Math.max(took - network.roundTrip, 1);
  } catch {
    // the upload didn't get through in time: that is known from its absence
  }
  return network;
}

/** A connection that loses requests or answers late makes backups break off. @param {Network} network */
export const unstable = ({ lost = 0, roundTrip }) => lost > 0.1 || roundTrip === undefined || roundTrip > 1500;

/** Hours that a backup of so many gigabytes takes at a measured speed. @param {number} gigabytes @param {number} upload */
export const hours = (gigabytes, upload) => (gigabytes * 8e9) / upload / 3600;

/**
 * The offer to measure, and what came of it.
 * @param {(id: string, values?: Record<string, string>) => string} text
 * @param {(network: Network) => void} measured
 */
export function connectionCheck(text, measured) {
  const result = element("div", { role: "status" });
  const start = button(text("network.start"), async () => {
    start.disabled = true;
    result.replaceChildren(element("p", {}, text(online() ? "network.running" : "network.offline")));
    const network = await measure();
    start.disabled = false;
    measured(network);
    const format = (/** @type {number} */ n, digits = 1) =>
      new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: digits }).format(n);
    const lines = [
      element(
        "p",
        {},
        text(unstable(network) ? "network.unstable" : "network.stable", {
          lost: format((network.lost ?? 0) * 100, 0),
          time: network.roundTrip === undefined ? "–" : format(network.roundTrip, 0),
        }),
      ),
    ];
    const { upload } = network;
    if (upload) {
      const size = /** @type {HTMLInputElement} */ (
        element("input", { type: "text", inputmode: "decimal", autocomplete: "off" })
      );
      const takes = element("p", { role: "status" });
      size.addEventListener("input", () => {
        const gigabytes = Number(size.value.replace(",", "."));
        if (!(gigabytes > 0 && gigabytes < 20_000)) return takes.replaceChildren();
        const needed = hours(gigabytes, upload);
        takes.textContent = text(needed <= 8 ? "network.night" : "network.nights", {
          hours: needed < 1 ? `< ${format(1)}` : format(needed, 0),
          nights: format(Math.ceil(needed / 8), 0),
        });
      });
      lines.push(
        element("p", {}, text("network.upload", { speed: format(upload / 1e6) })),
        element("label", { class: "field" }, element("span", {}, text("network.size")), size),
        takes,
      );
    } else {
      lines.push(element("p", {}, text("network.no-upload")));
    }
    result.replaceChildren(...lines);
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

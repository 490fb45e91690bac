// @ts-check
// Measures the connection of the device that shows the widget. What is sent is
// random and goes to the widget's own site.

/**
 * @typedef {object} Network
 * @property {number} [roundTrip] milliseconds, there and back
 * @property {number} [lost] share of the small requests that got no answer, 0 to 1
 * @property {number} [upload] bits in a second
 */

/** Bytes that measuring the upload sends. */
const UPLOAD_SIZE = 256 * 1024;
const TIMEOUT = 8_000; // milliseconds for one request

/** How many milliseconds a request takes. @param {string} address @param {RequestInit} init */
async function timeRequest(address, init) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), TIMEOUT);
  const start = performance.now();
  try {
    const response = await fetch(address, { ...init, cache: "no-store", signal: controller.signal });
    if (!response.ok) throw new Error(String(response.status));
    return performance.now() - start;
  } finally {
    clearTimeout(timer);
  }
}

/** @param {number} tries @returns {Promise<Network>} */
export async function measure(tries = 6) {
  const times = [];
  for (let i = 0; i < tries; i++) {
    try {
      times.push(await timeRequest("/api/status", { method: "HEAD" }));
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
    const bytes = new Uint8Array(UPLOAD_SIZE);
    for (let at = 0; at < UPLOAD_SIZE; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
    const duration = await timeRequest("/probe", {
      method: "POST",
      body: bytes,
      headers: { "Content-Type": "application/octet-stream" },
    });
    network.upload = (UPLOAD_SIZE * 8 * 1000) / Math.max(duration - network.roundTrip, 1);
  } catch {
    // The upload failed or was too slow: the result has no upload.
  }
  return network;
}

/** A connection that loses requests or answers late interrupts backups. @param {Network} network */
export const unstable = ({ lost = 0, roundTrip }) => lost > 0.1 || roundTrip === undefined || roundTrip > 1500;

/** Hours that a backup of so many gigabytes takes at a measured speed. @param {number} gigabytes @param {number} upload */
export const hours = (gigabytes, upload) => (gigabytes * 8e9) / upload / 3600;

// @ts-check
// Measures the connection of the device that shows the widget. What is sent is
// random and goes to the widget's own site.

import { fetchOnce } from "./retry.js";

/**
 * @typedef {object} Network
 * @property {number} [roundTrip] milliseconds, there and back
 * @property {number} [lost] share of the small requests that got no answer, 0 to 1
 * @property {number} [upload] bits in a second
 */

/** Bytes that measuring the upload sends. */
const UPLOAD_SIZE = 256 * 1024;
/** Milliseconds for the upload, and for all small requests together. */
const UPLOAD_TIMEOUT = 8_000,
  PING_TIMEOUT = 8_000;
/** Milliseconds after which a small request counts as lost. */
const LOST_AFTER = 4_000;

/** How many milliseconds a request takes. @param {string} address @param {RequestInit} init @param {number} limit milliseconds */
function timeRequest(address, init, limit) {
  const start = performance.now();
  return fetchOnce(address, async () => performance.now() - start, limit, { ...init, cache: "no-store" });
}

/** @param {number} tries @returns {Promise<Network>} */
export async function measure(tries = 6) {
  const times = [];
  const end = performance.now() + PING_TIMEOUT;
  let tried = 0;
  for (; tried < tries && performance.now() < end; tried++) {
    try {
      const limit = Math.min(LOST_AFTER, end - performance.now());
      times.push(await timeRequest("/api/status", { method: "HEAD" }, limit));
    } catch {
      // lost, or too late to count
    }
  }
  /** @type {Network} */
  const network = { lost: 1 - times.length / tried };
  if (times.length === 0) return network;
  times.sort((a, b) => a - b);
  network.roundTrip = times[Math.floor(times.length / 2)];
  try {
    const bytes = new Uint8Array(UPLOAD_SIZE);
    for (let at = 0; at < UPLOAD_SIZE; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
    const headers = { "Content-Type": "application/octet-stream" };
    const duration = await timeRequest("/probe", { method: "POST", body: bytes, headers }, UPLOAD_TIMEOUT);
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

// @ts-check
// Fetches Apple's past problems from the site's history. Apple itself lists a
// solved problem for about two days.

import { fetchOnce } from "./retry.js";

// The default range of 90 days, whose answer the Worker caches. The request is
// the same for every reader, so it carries none of their answers.
const ADDRESS = "/api/history";
const TIMEOUT = 2_000; // milliseconds until the answer begins, and again until it ends

/** @typedef {import("./engine.js").Span} Span */

/**
 * The problems that are over; the verdict has those that are ongoing. None if
 * the site stores no history or doesn't answer in time.
 * @returns {Promise<Span[]>}
 */
export function fetchPastProblems() {
  return fetchOnce(ADDRESS, async (response) => problemSpans(await response.json()), TIMEOUT, {}, TIMEOUT).catch(
    () => [], // the document's own report is enough to continue with
  );
}

/**
 * Maintenance is no problem. A problem without a known end lasted at least as
 * long as Apple listed it.
 * @param {{incidents: {worst_level: string, started_at: string | null, ended_at: string | null, last_seen_at: string | null}[]}} history
 */
function problemSpans({ incidents }) {
  return incidents
    .filter(({ worst_level }) => worst_level === "degraded" || worst_level === "outage")
    .map(({ started_at, ended_at, last_seen_at }) => ({
      from: seconds(started_at),
      to: seconds(ended_at ?? last_seen_at),
    }))
    .filter(({ from, to }) => from <= to); // false for NaN, an unknown time
}

/** @param {string | null} time */
const seconds = (time) => Date.parse(time ?? "") / 1000;

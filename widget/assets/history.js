// @ts-check
// What problems Apple had before the time that the document's verdict tells of,
// where the site keeps that. Apple itself lists a solved one for some two days.

// Of 90 days, in the form that the Worker keeps in memory. It is the same for
// every reader, so it tells nothing of what they answer.
const ADDRESS = "/api/history";
const LIMIT = 2_000; // milliseconds

/** @typedef {{from: number, to: number}} Span in seconds of Unix time */

/**
 * The problems that are over. Those that go on, the verdict has. None if the
 * site keeps no history, or doesn't answer in time.
 * @returns {Promise<Span[]>}
 */
export async function pastProblems() {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), LIMIT);
  try {
    const response = await fetch(ADDRESS, { signal: controller.signal });
    return response.ok ? spans(await response.json()) : [];
  } catch {
    return []; // what the document knows is enough to go on
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Maintenance is no problem; one whose end isn't known lasted at least as long
 * as Apple listed it.
 * @param {{incidents: {worst_level: string, started_at: string | null, ended_at: string | null, last_seen_at: string | null}[]}} history
 */
function spans({ incidents }) {
  return incidents
    .filter(({ worst_level }) => worst_level === "degraded" || worst_level === "outage")
    .map(({ started_at, ended_at, last_seen_at }) => ({
      from: seconds(started_at),
      to: seconds(ended_at ?? last_seen_at),
    }))
    .filter(({ from, to }) => from <= to); // false where one isn't known
}

/** @param {string | null} time */
const seconds = (time) => Date.parse(time ?? "") / 1000;

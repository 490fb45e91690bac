// @ts-check
// While the page is visible, polls for a new verdict.

const INTERVAL = 60_000; // milliseconds
/** Less than the interval, since a timer can fire early. */
const MIN_AGE = 55_000;

/**
 * Calls back when Apple's status is no longer the one that the document shows.
 * @param {{level: string, recovered: boolean}} shown @param {() => void} onChange
 */
export function pollVerdict(shown, onChange) {
  let lastPoll = Date.now();
  async function poll() {
    if (document.hidden || Date.now() - lastPoll < MIN_AGE) return;
    lastPoll = Date.now();
    try {
      const response = await fetch("/api/status");
      if (!response.ok) return;
      const status = await response.json();
      if (typeof status.level !== "string") return; // not our server's answer, as on a network with a login page
      if (status.level !== shown.level || status.recovered !== shown.recovered) onChange();
    } catch {
      // Offline, or the server can't be reached. The document says when it was checked.
    }
  }
  setInterval(poll, INTERVAL);
  document.addEventListener("visibilitychange", poll);
}

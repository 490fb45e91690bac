// @ts-check
// Keeps the verdict of an open widget true: polls for a new one while the page
// is visible, and tells when the one that is shown has become old.

import { fetchOnce, timeout } from "./retry.js";

/**
 * What the document's scripts know of the verdict; see document_report.go.
 * @typedef {object} Verdict
 * @property {string} level
 * @property {boolean} recovered
 * @property {boolean} stale
 * @property {string} summary
 * @property {number} checked_at seconds of Unix time by the server's clock, 0 if nothing was read
 * @property {Record<string, string>} rows levels of the related rows by name
 * @property {import("./engine.js").Span[]} incidents
 */

/**
 * A good answer of the status endpoint. Times are in milliseconds by the server's clock.
 * @typedef {{level: string, recovered: boolean, related: {service: string, level: string}[], checkedAt: number, sentAt: number}} Answer
 */

// As in package status.
const MINUTE = 60_000; // milliseconds
const STALE_AFTER = 5 * MINUTE;
const TOO_OLD_AFTER = 120 * MINUTE;

/** Milliseconds between polls; less than a minute, since a timer can fire early. */
const POLL_EVERY = 55_000;
const CHECK_EVERY = 15_000;
const POLL_TIMEOUT = 5_000;
/** Milliseconds that a poll gets before the old verdict is judged without it. */
const GRACE = 3_000;

/**
 * The reader's clock may be wrong and may be changed, so an age is computed from
 * the server's times and from the time that has passed since. What passed is
 * the larger one of two clocks: performance.now may stop while the device
 * sleeps, Date.now may be set back.
 *
 * @param {Verdict} verdict the one that the document shows; updated when a poll confirms it
 * @param {object} handlers
 * @param {() => void} handlers.onConfirmed a newer reading has the same verdict
 * @param {(stale: boolean) => void} handlers.onStale whether the reading is older than five minutes
 * @param {() => void} handlers.onTooOld the reading says nothing about now any more; the handler makes the verdict unknown
 * @param {() => void} handlers.onChange another verdict, which needs a new document
 */
export function watchVerdict(verdict, { onConfirmed, onStale, onTooOld, onChange }) {
  let checkedAt = verdict.checked_at * 1000;
  let lastDate = Date.now(),
    lastPerformance = performance.now();
  /** The server's time as estimated, which a wrong clock or sleep makes too late, never too early. */
  let now = Math.max(checkedAt + (verdict.stale ? STALE_AFTER : 0), lastDate);
  /** A time that the server's clock has certainly reached. */
  let reached = checkedAt;
  /** Milliseconds that have passed since the last poll. */
  let sincePoll = now - checkedAt > STALE_AFTER ? POLL_EVERY : 0;
  let tooOld = false,
    polling = false;

  function tick() {
    const date = Date.now(),
      steady = performance.now();
    const passed = Math.max(date - lastDate, steady - lastPerformance);
    now += passed;
    sincePoll += passed;
    reached += steady - lastPerformance;
    lastDate = date;
    lastPerformance = steady;
  }

  async function poll() {
    const answer = await fetchStatus().catch(() => null);
    tick();
    if (!answer) return; // offline, the server can't be reached, or a network's login page
    // A reading from the future, by the server's clock and by ours, outranks nothing.
    if (checkedAt > Math.max(answer.sentAt, lastDate) + MINUTE) checkedAt = reached = 0;
    const sentAt = Math.max(answer.sentAt, reached);
    // Nor does a cache's old answer.
    if (sentAt - answer.checkedAt > TOO_OLD_AFTER || !(answer.checkedAt >= checkedAt || tooOld)) return;
    if (differs(answer)) return mayReload() && onChange();
    now = reached = sentAt;
    checkedAt = answer.checkedAt;
    verdict.checked_at = checkedAt / 1000;
    onConfirmed();
    judge();
  }

  /** @param {Answer} answer */
  const differs = ({ level, recovered, related }) =>
    level !== verdict.level ||
    recovered !== verdict.recovered ||
    (!tooOld && related.some((row) => row.level !== verdict.rows[row.service]));

  function judge() {
    if (tooOld || verdict.level === "unknown") return;
    tooOld = now - checkedAt > TOO_OLD_AFTER;
    if (tooOld) onTooOld();
    else onStale(now - checkedAt > STALE_AFTER);
  }

  async function check() {
    tick();
    if (document.hidden || polling) return;
    if (sincePoll >= POLL_EVERY) {
      sincePoll = 0;
      polling = true;
      await Promise.race([poll(), timeout(GRACE)]).catch(() => {});
      polling = false;
      tick();
    }
    judge();
  }

  setInterval(check, CHECK_EVERY);
  for (const event of ["visibilitychange", "resume"]) document.addEventListener(event, check);
  for (const event of ["pageshow", "online", "focus"]) addEventListener(event, check);
  void check();
}

/** False right after a reload: while a cache still has the old document, another one would change nothing. */
function mayReload() {
  const [navigation] = performance.getEntriesByType("navigation");
  return /** @type {any} */ (navigation)?.type !== "reload" || performance.now() > POLL_EVERY;
}

/** @returns {Promise<Answer>} */
const fetchStatus = () => fetchOnce("/api/status", readStatus, POLL_TIMEOUT, { cache: "no-store" }, POLL_TIMEOUT);

/** Rejects an answer that isn't our server's. @param {Response} response @returns {Promise<Answer>} */
async function readStatus(response) {
  const { level, recovered, related, checked_at } = await response.json();
  const checkedAt = Date.parse(checked_at);
  if (typeof level !== "string" || Number.isNaN(checkedAt)) throw new Error("not the status");
  // A cache says how long it has had the answer.
  const sentAt = Date.parse(response.headers.get("Date") ?? "") + Number(response.headers.get("Age") ?? 0) * 1000;
  return {
    level,
    recovered: recovered === true,
    related: Array.isArray(related) ? related : [],
    checkedAt,
    sentAt: sentAt || checkedAt,
  };
}

// @ts-check
// The reader's progress: answers and details, saved in their own browser, so
// that they can leave for Settings and return the next day. It is never sent to
// a server.

import { MAX_VERSION } from "./device.js";

/**
 * The form in localStorage.
 * @typedef {object} Progress
 * @property {1} form
 * @property {string} session in the engine's form; "" before the first answer
 * @property {number} at when it was saved last, in milliseconds since 1970
 * @property {string} [message] the message on the iPhone, as the reader typed it
 * @property {string} [since] since when backups fail, as the reader typed it
 * @property {number} [ios] major version, as the reader chose it
 * @property {"iPhone" | "iPad"} [device] what the reader chose, if the browser reveals something else or nothing
 * @property {number} [linked] how many of the first answers came with a link
 * @property {string} [page] the symptom that the host page named
 * @property {string} [tab] the browser's tab; see tab
 * @property {(number | null)[]} [times] when each answer was given in this browser, in milliseconds since 1970; null if that isn't known
 */

/**
 * What is saved of the answers beside the session.
 * @typedef {{linked?: number, times?: (number | null)[], device?: Progress["device"], page?: string}} Provenance
 */

const KEY = "backup-check";
const MAX_AGE = 30 * 86400_000;
const SESSION = /^[\w.~-]{1,2000}$/;
const MAX_STORED = 20_000; // characters; valid progress is shorter
const MAX_ANSWERS = 200;
/** Milliseconds. Who takes longer for the steps has begun again. */
const MAX_DURATION = 365 * 86400_000;

/**
 * The progress in memory, where the browser refuses to store or to delete it;
 * null if it was deleted, undefined while the browser's storage is in use.
 * @type {Progress | null | undefined}
 */
let inMemory = passedOn();

/** The progress of this page before it reloaded; see passOn. */
function passedOn() {
  try {
    const progress = history.state?.backupCheck;
    // Once only, or going back in the browser's history would bring it again.
    if (progress !== undefined) history.replaceState(null, "");
    return progress;
  } catch {
    return undefined; // The browser has no such state for this frame.
  }
}

/** @param {any} value @param {number} most */
const isCount = (value, most) => Number.isInteger(value) && value > 0 && value <= most;

/** @param {unknown} value @param {number} most characters */
const limited = (value, most) => (typeof value === "string" ? value.slice(0, most) : "");

/**
 * Only the valid parts, since other scripts of the origin can write the storage
 * too; null if the session is invalid, or too old. A clock that was set back
 * must not prolong its life, so times in the future are limited as well.
 * @param {any} value @param {number} now
 * @returns {Progress | null}
 */
function validated(value, now) {
  if (value?.form !== 1 || typeof value.at !== "number" || !(Math.abs(now - value.at) <= MAX_AGE)) return null;
  const { at } = value;
  if (typeof value.session !== "string" || (value.session && !SESSION.test(value.session))) return null;
  /** @type {Progress} */
  const progress = { form: 1, session: value.session, at };
  const message = limited(value.message, 1000),
    since = limited(value.since, 500);
  if (message) progress.message = message;
  if (since) progress.since = since;
  if (isCount(value.ios, MAX_VERSION)) progress.ios = value.ios;
  if (value.device === "iPhone" || value.device === "iPad") progress.device = value.device;
  for (const name of /** @type {const} */ (["page", "tab"]))
    if (typeof value[name] === "string" && value[name].length < 100) progress[name] = value[name];
  if (isCount(value.linked, MAX_ANSWERS)) progress.linked = value.linked;
  if (Array.isArray(value.times) && value.times.length > 0 && value.times.length <= MAX_ANSWERS)
    progress.times = Array.from(value.times, (time) =>
      Number.isInteger(time) && time <= at && time > at - MAX_DURATION ? time : null,
    );
  return progress;
}

/**
 * The last saved progress, of this page or another one; null if there is none.
 * @param {number} [now] milliseconds since 1970
 * @returns {Progress | null}
 */
export function load(now = Date.now()) {
  if (inMemory !== undefined) return (inMemory = validated(inMemory, now));
  let text;
  try {
    text = localStorage.getItem(KEY);
  } catch {
    // Forbidden here: progress is saved in memory.
  }
  if (text == null) return null;
  try {
    const progress = text.length <= MAX_STORED ? validated(JSON.parse(text), now) : null;
    if (progress) return progress;
  } catch {
    // It isn't JSON.
  }
  clear();
  return null;
}

/** A name for this tab, so that two widgets in one page don't take each other for another tab. */
function tab() {
  try {
    return (sessionStorage[KEY] ??= Math.random().toString(36).slice(2));
  } catch {
    return undefined; // Storage is forbidden here, and so are its events.
  }
}

/** @param {Progress} progress @returns {boolean} whether it outlives this page */
function store(progress) {
  const name = tab();
  if (name) progress.tab = name;
  const text = JSON.stringify(progress);
  try {
    localStorage.setItem(KEY, text);
    // Some browsers accept a value without storing it.
    if (localStorage.getItem(KEY) === text) {
      inMemory = undefined;
      return true;
    }
  } catch {
    // Full or forbidden.
  }
  inMemory = progress;
  return false;
}

/**
 * Saves the session and leaves the details as they are. A session that load
 * would reject is not saved, and the one before stays.
 * @param {string} session
 * @param {Provenance} [provenance] of all answers of the session
 * @param {number} [now] milliseconds since 1970
 * @returns {boolean} whether it is saved beyond this page
 */
export function save(session, provenance = {}, now = Date.now()) {
  const saved = load(now),
    { linked, times, device = saved?.device, page } = provenance;
  const progress = validated({ ...saved, form: 1, session, at: now, linked, times, device, page }, now);
  return progress !== null && store(progress);
}

/** Saves a session in place of another one, whose details are deleted. @type {typeof save} */
export function replace(session, { linked, times, device, page } = {}, now = Date.now()) {
  const progress = validated({ form: 1, session, at: now, linked, times, device, page }, now);
  return progress !== null && store(progress);
}

/**
 * Saves details beside the session. A missing one stays as it is, an empty one is deleted.
 * @param {{message?: string | null, since?: string | null, ios?: number | null, device?: string | null}} details
 * @param {number} [now] milliseconds since 1970
 * @returns {boolean} whether they are saved beyond this page
 */
export function saveDetails({ message, since, ios, device }, now = Date.now()) {
  // JSON omits what is undefined, so that it doesn't overwrite what was saved.
  const changed = JSON.parse(JSON.stringify({ message, since, ios, device }));
  const progress = validated({ session: "", ...load(now), ...changed, form: 1, at: now }, now);
  return progress !== null && store(progress);
}

/** Deletes everything, in this page and in the browser. */
export function clear() {
  inMemory = undefined;
  try {
    localStorage.removeItem(KEY);
  } catch {
    inMemory = null;
  }
}

/**
 * Passes the progress on to this page after a reload, where the browser's
 * storage doesn't do that. A link or a host page can't write here.
 */
export function passOn() {
  if (inMemory === undefined) return;
  try {
    history.replaceState({ backupCheck: inMemory }, "");
  } catch {
    // The answers are lost with the page.
  }
}

/**
 * An address that carries the answers to another device, in its fragment, which
 * browsers don't send to a server. Without answers it is the base alone.
 * @param {string} base @param {string} session
 */
export function linkToSession(base, session) {
  return base.split("#")[0] + (session ? `#s=${session}` : "");
}

/** The last fragment whose link could not be dropped. */
let dropped = "";

/**
 * The session of a link's fragment, or null.
 * @param {string} hash with its "#"
 * @returns {string | null}
 */
export function sessionFromLink(hash) {
  if (hash.length > 6000 || hash === dropped) return null;
  const session = new URLSearchParams(hash.slice(1)).get("s") ?? "";
  return SESSION.test(session) ? session : null;
}

/** Removes a link's session from the page's address: it was used, or refused. */
export function dropLink() {
  const params = new URLSearchParams(location.hash.slice(1));
  if (!params.has("s")) return;
  params.delete("s");
  try {
    history.replaceState(history.state, "", `#${params}`);
  } catch {
    dropped = location.hash; // Browsers limit how often the address changes.
  }
}

/**
 * Calls back when another tab saves progress, or with null when it deletes it.
 * The last one to save wins, also over what this page has in memory.
 * @param {(progress: Progress | null) => void} callback
 * @returns {() => void} stops the calls
 */
export function onChange(callback) {
  /** @param {StorageEvent} event */
  const listener = (event) => {
    // The key is null when the whole storage was cleared.
    if (event.key !== KEY && event.key !== null) return;
    inMemory = undefined;
    const progress = load();
    if (!progress?.tab || progress.tab !== tab()) callback(progress);
  };
  addEventListener("storage", listener);
  return () => removeEventListener("storage", listener);
}

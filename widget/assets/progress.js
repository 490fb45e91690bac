// @ts-check
// What the reader has answered so far, kept in their own browser, so that they
// can leave for Settings and come back tomorrow. No server sees it.

/**
 * @typedef {object} Progress
 * @property {1} form
 * @property {string} session the engine's words; "" before the first answer
 * @property {number} at when it was kept last, in milliseconds since 1970
 * @property {string} [message] what the iPhone says, in the reader's words
 * @property {string} [since] since when, in the reader's words
 * @property {number} [ios] major version, as the reader told it
 * @property {number[]} [times] when each answer was given, in milliseconds since 1970
 */

const KEY = "backup-check";
const LIFE = 30 * 86400_000;
const SESSION = /^[\w.~-]{1,2000}$/;

/**
 * What this page alone knows, for when the browser refuses to keep it or to
 * drop it; undefined while the browser's storage can be asked.
 * @type {Progress | null | undefined}
 */
let page;

/** @param {unknown} value */
const words = (value) => (typeof value === "string" ? value.slice(0, 500) : "");

/**
 * Nothing but what belongs there, whoever wrote it; null for what can't be
 * used or is too old. A clock that was put back must not keep it for ever.
 * @param {any} from @param {number} now
 * @returns {Progress | null}
 */
function checked(from, now) {
  if (from?.form !== 1 || typeof from.at !== "number" || !(Math.abs(now - from.at) <= LIFE)) return null;
  if (typeof from.session !== "string" || (from.session && !SESSION.test(from.session))) return null;
  /** @type {Progress} */
  const progress = { form: 1, session: from.session, at: from.at };
  const message = words(from.message),
    since = words(from.since);
  if (message) progress.message = message;
  if (since) progress.since = since;
  if (Number.isInteger(from.ios) && from.ios > 0) progress.ios = from.ios;
  if (Array.isArray(from.times) && from.times.length <= 200 && from.times.every(Number.isFinite))
    progress.times = from.times;
  return progress;
}

/**
 * What was kept last, by this page or another; null if there is nothing of use.
 * @param {number} [now] milliseconds since 1970
 * @returns {Progress | null}
 */
export function load(now = Date.now()) {
  if (page !== undefined) return (page = checked(page, now));
  let text;
  try {
    text = localStorage.getItem(KEY);
  } catch {
    // Forbidden here. What is kept later is kept for this page.
  }
  if (text == null) return null;
  try {
    const progress = checked(JSON.parse(text), now);
    if (progress) return progress;
  } catch {
    // Not ours.
  }
  forget();
  return null;
}

/** @param {Progress} progress @returns {boolean} whether it outlives this page */
function keep(progress) {
  const text = JSON.stringify(progress);
  try {
    localStorage.setItem(KEY, text);
    // Some browsers take what they are given and keep nothing.
    if (localStorage.getItem(KEY) === text) {
      page = undefined;
      return true;
    }
  } catch {
    // Full or forbidden.
  }
  page = progress;
  return false;
}

/**
 * Keeps the session, beside what was noted. A session that could not be read
 * back is refused, and what was kept before stays.
 * @param {string} session
 * @param {number} [now] milliseconds since 1970
 * @returns {boolean} whether it is kept beyond this page
 */
export function save(session, now = Date.now()) {
  const progress = checked({ ...load(now), form: 1, session, at: now }, now);
  return progress !== null && keep(progress);
}

/**
 * Keeps what the reader told beside the answers; an empty value takes it back.
 * @param {{message?: string | null, since?: string | null, ios?: number | null, times?: number[]}} partial
 * @param {number} [now] milliseconds since 1970
 * @returns {boolean} whether it is kept beyond this page
 */
export function note({ message, since, ios, times }, now = Date.now()) {
  // JSON leaves out what isn't given, so that it doesn't cover what was.
  const told = JSON.parse(JSON.stringify({ message, since, ios, times }));
  const progress = checked({ session: "", ...load(now), ...told, form: 1, at: now }, now);
  return progress !== null && keep(progress);
}

/** Forgets everything, in this page and in the browser. */
export function forget() {
  page = undefined;
  try {
    localStorage.removeItem(KEY);
  } catch {
    page = null;
  }
}

/**
 * An address that carries the answers to another device, in its fragment, which
 * browsers don't send to a server. Without answers it is the base alone.
 * @param {string} base
 */
export function link(base) {
  const session = load()?.session;
  return base.split("#")[0] + (session ? `#s=${session}` : "");
}

/**
 * The session of a link's fragment, or null.
 * @param {string} hash with its "#" or without
 * @returns {string | null}
 */
export function fromLink(hash) {
  if (hash.length > 6000) return null;
  // Some messengers escape the tilde, which an address need not.
  const session = /^#?s=(.*)$/.exec(hash)?.[1].replace(/%7e/gi, "~") ?? "";
  return SESSION.test(session) ? session : null;
}

/**
 * Tells what another page of this browser has kept, or null when it has
 * forgotten. The last one that kept something wins, over this page's too.
 * @param {(progress: Progress | null) => void} callback
 * @returns {() => void} stops telling
 */
export function onChange(callback) {
  /** @param {StorageEvent} event */
  const listener = (event) => {
    // Without a key, everything was cleared.
    if (event.key !== KEY && event.key !== null) return;
    page = undefined;
    callback(load());
  };
  addEventListener("storage", listener);
  return () => removeEventListener("storage", listener);
}

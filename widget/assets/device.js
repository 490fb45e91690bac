// @ts-check
// What the browser tells of the device. All of it is a guess for the reader to
// confirm, and what isn't supported is never claimed.

/**
 * @typedef {object} Guess
 * @property {"iPhone" | "iPad" | ""} device an iPad that asks for desktop sites says it is a Mac, so it is ""
 * @property {number | null} ios major version
 * @property {"safari" | "app" | ""} from Safari itself, or another browser or an app's web view
 */

// Since Safari 26 the system's version is frozen at 18_6, later 18_7.
const FROZEN_MAJOR = 18,
  FROZEN_MINOR = 6,
  THAWED = 26;
// Above this a number isn't iOS's but an app's own.
const LAST = 60;

/** @param {string} userAgent @returns {Guess} */
export function guessVersion(userAgent) {
  // Windows phones said "like iPhone", so the bracket counts.
  const device = /** @type {"iPhone" | "iPad" | undefined} */ (/\((iPhone|iPad);/.exec(userAgent)?.[1]);
  if (!device) return { device: "", ios: null, from: "" };
  // Other browsers and apps put their own name in between or behind.
  const from = /Version\/[\d.]+ Mobile\/\w+ Safari\/[\d.]+$/.test(userAgent) ? "safari" : "app";
  return { device, ios: version(userAgent), from };
}

/** @param {string} userAgent */
function version(userAgent) {
  const system = /CPU (?:iPhone )?OS (\d+)_(\d+)/.exec(userAgent);
  const major = Number(system?.[1] ?? 0);
  if (major > LAST) return null;
  if (major >= THAWED) return major;
  // Chrome and the Google app carry the real version.
  if (/ (?:CriOS|GSA)\//.test(userAgent)) return major || null;
  if (major && (major < FROZEN_MAJOR || (major === FROZEN_MAJOR && Number(system?.[2]) < FROZEN_MINOR))) return major;
  const safari = Number(/ Version\/(\d+)/.exec(userAgent)?.[1] ?? 0);
  if (safari >= THAWED && safari <= LAST) return safari;
  // A system of that age has a Safari of that age.
  return major && safari === major ? major : null;
}

/** False only where the browser knows that there is no network. */
export function online() {
  return navigator.onLine !== false;
}

/** Whether the reader asked for less data. */
export function saveData() {
  return /** @type {any} */ (navigator).connection?.saveData === true;
}

/**
 * Whether the device is charging; null where the browser doesn't tell, as
 * Safari doesn't.
 * @returns {Promise<boolean | null>}
 */
export async function charging() {
  try {
    const { charging } = await /** @type {any} */ (navigator).getBattery();
    return typeof charging === "boolean" ? charging : null;
  } catch {
    return null;
  }
}

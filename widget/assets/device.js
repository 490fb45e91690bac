// @ts-check
// What the browser reveals about the device. The version is a guess, which the
// reader can correct; without evidence there is none.

/** @typedef {"iPhone" | "iPad" | ""} Device */

/**
 * @typedef {object} Guess
 * @property {Device} device
 * @property {number | null} ios major version
 * @property {"safari" | "app" | ""} from Safari itself, or another browser or an app's web view
 */

// Since Safari 26 the user agent's system version is frozen at 18_6, later 18_7.
const FROZEN_MAJOR = 18,
  FROZEN_MINOR = 6,
  FIRST_FROZEN_SAFARI = 26;
// A larger number is an app's own version, not that of iOS.
export const MAX_VERSION = 60;

/**
 * The parenthesis excludes Windows phones, which say "like iPhone". An iPad
 * requests desktop sites with a Mac's user agent, but no Mac has a touchscreen.
 * @param {string} userAgent @param {number} touchPoints at most at the same time @returns {Device}
 */
export function guessDevice(userAgent, touchPoints) {
  const [, name] = /\((iPhone|iPad|Macintosh);/.exec(userAgent) ?? [];
  if (name === "Macintosh") return touchPoints > 1 ? "iPad" : "";
  return /** @type {Device} */ (name ?? "");
}

/** @param {string} userAgent @param {number} [touchPoints] at most at the same time @returns {Guess} */
export function guessVersion(userAgent, touchPoints = 0) {
  const device = guessDevice(userAgent, touchPoints);
  if (!device) return { device, ios: null, from: "" };
  if (!userAgent.includes(`(${device};`)) {
    const safari = /Version\/(\d+)[\d.]* Safari\/[\d.]+$/.exec(userAgent);
    const ios = safari && Number(safari[1]) <= MAX_VERSION ? Number(safari[1]) : null;
    return { device, ios, from: safari ? "safari" : "app" };
  }
  // Other browsers and apps insert or append their own name.
  const from = /Version\/[\d.]+ Mobile\/\w+ Safari\/[\d.]+$/.test(userAgent) ? "safari" : "app";
  return { device, ios: version(userAgent), from };
}

/** @param {string} userAgent */
function version(userAgent) {
  const system = /CPU (?:iPhone )?OS (\d+)_(\d+)/.exec(userAgent);
  const major = Number(system?.[1] ?? 0);
  if (major > MAX_VERSION) return null;
  if (major >= FIRST_FROZEN_SAFARI) return major;
  // Chrome and the Google app carry the real version.
  if (/ (?:CriOS|GSA)\//.test(userAgent)) return major || null;
  if (major && (major < FROZEN_MAJOR || (major === FROZEN_MAJOR && Number(system?.[2]) < FROZEN_MINOR))) return major;
  const safari = Number(/ Version\/(\d+)/.exec(userAgent)?.[1] ?? 0);
  if (safari >= FIRST_FROZEN_SAFARI && safari <= MAX_VERSION) return safari;
  // Before the freeze, system and Safari have the same version.
  return major && safari === major ? major : null;
}

/** The guess for this browser. */
export const guess = () => guessVersion(navigator.userAgent, navigator.maxTouchPoints);

/**
 * A function that changes words for an iPhone into words for an iPad, also in
 * labels such as “Transfer or Reset iPhone”. A sentence that names the iPad is
 * about both and stays.
 * @param {string} [iPhone] the words that differ, such as "iPhone, iOS"; in some languages with their endings, such as "iPhone’a, iPhone, iOS"
 * @param {string} [iPad] their counterparts, in the same order
 * @returns {(text: string) => string}
 */
export function iPadWords(iPhone = "", iPad = "") {
  const counterparts = iPad.split(", ");
  const pairs = new Map(iPhone.split(", ").map((word, n) => [word, counterparts[n] ?? word]));
  // The longest first, since one can begin with another one.
  const words = [...pairs.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(words.map((word) => word.replace(/[^\p{L}\p{N}]/gu, "\\$&")).join("|"), "g");
  return (text) =>
    text.replace(/[^.!?。]+/g, (sentence) =>
      sentence.includes("iPad") ? sentence : sentence.replace(pattern, (word) => pairs.get(word) ?? word),
    );
}

/** False only if the browser is sure that there is no network. */
export function online() {
  return navigator.onLine !== false;
}

/** Whether the reader turned on the browser's data saver. */
export function saveData() {
  return /** @type {any} */ (navigator).connection?.saveData === true;
}

/**
 * Whether the device is charging; null if the browser doesn't say, as in Safari.
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

// @ts-check
// The support request: everything that Apple Support asks first, as plain text
// for the reader to copy. It is written here and sent nowhere.

const LINE = 300; // mail and chat break longer ones where they like

/**
 * @typedef {object} Request
 * @property {(id: string, values?: Record<string, string>) => string} text
 * @property {string} [language] BCP 47 tag for dates and numbers; the browser's without it
 * @property {string} device
 * @property {number | string | null} ios
 * @property {string} message what the iPhone says, in the reader's words
 * @property {number | string | null} since milliseconds since 1970, or the reader's words
 * @property {{title: string, answer: string, at?: number}[]} tried
 * @property {{summary: string, checkedAt?: number | string | null}} status what Apple reported, and when it was read
 * @property {Network | null} [network] what was measured, if the reader let it
 * @property {Date} now
 */

/**
 * @typedef {object} Network
 * @property {number} [roundTrip] milliseconds, there and back
 * @property {number} [lost] share of the small requests that got no answer, 0 to 1
 * @property {number} [upload] bits in a second
 */

/**
 * One line, whatever was typed or pasted, and no control over what stands
 * around it: text from outside could turn the direction of the rest.
 * @param {unknown} value @param {number} most characters
 */
function line(value, most) {
  const all = [
    ...String(value ?? "")
      .slice(0, 8 * most)
      .replace(/[\u202a-\u202e\u2066-\u2069]/g, "")
      .replace(/[\p{Cc}\p{Cs}\s]+/gu, " ")
      .trim(),
  ];
  return all.length > most ? `${all.slice(0, most - 1).join("")}…` : all.join("");
}

/** Breaks at a space where there is one near the end, and never inside a character. @param {string} long */
function wrap(long) {
  let done = "";
  while (long.length > LINE) {
    let end = long.lastIndexOf(" ", LINE);
    if (end < LINE / 2) end = /[\ud800-\udbff]/.test(long[LINE - 1]) ? LINE - 1 : LINE;
    done += `${long.slice(0, end)}\n`;
    long = `  ${long.slice(end).trim()}`;
  }
  return done + long;
}

/**
 * The request as plain text; no line of it is longer than 300 characters.
 * @param {Request} request
 */
export function supportRequest({ text, language, device, ios, message, since, tried, status, network, now }) {
  const locale = language || undefined;
  // With the zone, since who reads it may live in another one.
  const date = new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "long",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    timeZoneName: "short",
  });
  /** @param {Date | number | string | null | undefined} time */
  const when = (time) => {
    const then = new Date(time ?? NaN);
    return Number.isNaN(then.getTime()) ? "" : date.format(then);
  };
  const unsaid = text("support.not-said");
  /** @param {string} id @param {unknown} value */
  const field = (id, value, most = 200) => text(`support.${id}`, { value: line(value, most) || unsaid });
  /** @param {string} id @param {number | undefined} value @param {Intl.NumberFormatOptions} options */
  const measured = (id, value, options) =>
    value !== undefined && Number.isFinite(value)
      ? [field(id, new Intl.NumberFormat(locale, options).format(value))]
      : [];
  const { roundTrip, lost, upload } = network ?? {};
  const measurements = [
    ...measured("round-trip", roundTrip, { maximumFractionDigits: 0 }),
    ...measured("lost", lost, { style: "percent" }),
    ...measured("upload", upload && upload / 1e6, { maximumSignificantDigits: 2 }),
  ];
  return `${[
    text("support.heading"),
    "",
    field("device", device),
    field("ios", ios),
    field("message", message, 500),
    field("since", typeof since === "number" ? when(since) : since),
    "",
    text("support.tried"),
    ...tried.map(({ title, answer, at }, n) => {
      const time = when(at);
      const values = { title: line(title, 200), answer: line(answer, 200) || unsaid, time };
      return `${n + 1}. ${text(time ? "support.tried-item-at" : "support.tried-item", values)}`;
    }),
    ...(tried.length ? [] : [unsaid]),
    "",
    field("status", status.summary, 500),
    field("checked", when(status.checkedAt)),
    ...(measurements.length ? ["", text("support.network"), ...measurements] : []),
    "",
    text("support.made", { time: when(now) }),
  ]
    .join("\n")
    .split("\n")
    .map(wrap)
    .join("\n")}\n`;
}

// @ts-check
// The text of the support request: what Apple Support asks first, as plain text
// for the reader to copy. It isn't sent anywhere.

const MAX_LINE = 300; // mail and chat programs break longer lines

/**
 * @typedef {object} Request
 * @property {(id: string, values?: Record<string, string>) => string} text
 * @property {string} [language] BCP 47 tag for dates and numbers; the browser's without it
 * @property {string} device
 * @property {number | string | null} ios
 * @property {string} message the message on the iPhone, as the reader typed it
 * @property {number | string | null} since milliseconds since 1970, or the reader's words
 * @property {{title: string, answer: string, linked?: boolean, at?: number | null}[]} tried linked: the answer came with a link
 * @property {{summary: string, checkedAt?: number | string | null}} status Apple's report, and when it was read
 * @property {import("./network.js").Network | null} [network] the measurement, if the reader started one
 * @property {Date} now
 * @property {English} [english] the same in English, if the request is in another language
 *
 * @typedef {Pick<Request, "text" | "tried"> & {summary: string}} English
 */

/**
 * Text from outside as one line, without control characters: a direction
 * override would change how the rest of the request is displayed.
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
  let wrapped = "";
  while (long.length > MAX_LINE) {
    let end = long.lastIndexOf(" ", MAX_LINE);
    if (end < MAX_LINE / 2) end = /[\ud800-\udbff]/.test(long[MAX_LINE - 1]) ? MAX_LINE - 1 : MAX_LINE;
    wrapped += `${long.slice(0, end)}\n`;
    long = `  ${long.slice(end).trim()}`;
  }
  return wrapped + long;
}

/**
 * The request as plain text; no line of it is longer than 300 characters. In
 * another language than English each line is followed by one in English, so that
 * whoever helps can read it.
 * @param {Request} request
 */
export function supportRequest(request) {
  const own = entries(request),
    { english } = request;
  const status = { ...request.status, summary: english?.summary ?? "" };
  const inEnglish = english ? entries({ ...request, ...english, status, language: "en" }) : own;
  return `${own
    .flatMap((entry, n) => (entry === inEnglish[n] ? [entry] : [entry, `  ${inEnglish[n]}`]))
    .map(wrap)
    .join("\n")}\n`;
}

/** The request's lines, which may be too long. @param {Request} request */
function entries({ text, language, device, ios, message, since, tried, status, network, now }) {
  const locale = language || undefined;
  // With the zone, since Apple Support may be in another one.
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
  const notSaid = text("support.not-said");
  /** @param {string} id @param {unknown} value */
  const field = (id, value, most = 200) => text(`support.${id}`, { value: line(value, most) || notSaid });
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
  return [
    text("support.heading"),
    "",
    field("device", device),
    field("ios", ios),
    field("message", message, 1000),
    field("since", typeof since === "number" ? when(since) : since),
    "",
    text("support.tried"),
    ...tried.map(({ title, answer, linked, at }, n) => {
      const time = linked ? "" : when(at);
      const values = { title: line(title, 200), answer: line(answer, 200) || notSaid, time };
      return `${n + 1}. ${text(linked ? "support.tried-item-linked" : time ? "support.tried-item-at" : "support.tried-item", values)}`;
    }),
    ...(tried.length ? [] : [notSaid]),
    "",
    field("status", status.summary, 500),
    field("checked", when(status.checkedAt)),
    ...(measurements.length ? ["", text("support.network"), ...measurements] : []),
    "",
    text("support.made", { time: when(now) }),
  ];
}

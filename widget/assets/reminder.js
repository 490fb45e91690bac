// @ts-check
// The weekly reminder to check the date of the last backup, as an iCalendar
// file (RFC 5545). It is made in the browser and contains no address.

/** Escapes a text value, so that nothing in it ends the line or the value. @param {string} value */
function escaped(value) {
  return value
    .replace(/\r\n?/g, "\n")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "")
    .replace(/[\\;,]/g, "\\$&")
    .replace(/\n/g, "\\n");
}

/**
 * Folds a line to at most 75 octets of UTF-8 without splitting a character:
 * some calendars decode each line separately.
 * @param {string} line
 */
function folded(line) {
  let out = "",
    octets = 0;
  for (const character of line) {
    const code = character.codePointAt(0) ?? 0;
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (octets + size > 75) {
      out += "\r\n ";
      octets = 1; // the space counts
    }
    out += character;
    octets += size;
  }
  return `${out}\r\n`;
}

/** @param {number} number */
const twoDigits = (number) => String(number).padStart(2, "0");

/**
 * The file's content, of type text/calendar; charset=utf-8. The first date is
 * the next Sunday at ten, in whichever zone the reader is by then.
 * @param {{text: (id: string) => string, now: Date, uid: string}} reminder uid is unique among all events
 */
export function weeklyReminder({ text, now, uid }) {
  const start = new Date(now.getFullYear(), now.getMonth(), now.getDate() + ((7 - now.getDay()) % 7), 10);
  if (start <= now) start.setDate(start.getDate() + 7);
  const title = escaped(text("reminder.title"));
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//backup-check//reminder//EN",
    "BEGIN:VEVENT",
    `UID:${escaped(uid)}`,
    `DTSTAMP:${now.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`,
    `DTSTART:${start.getFullYear()}${twoDigits(start.getMonth() + 1)}${twoDigits(start.getDate())}T100000`,
    "DURATION:PT5M",
    "RRULE:FREQ=WEEKLY;BYDAY=SU",
    `SUMMARY:${title}`,
    `DESCRIPTION:${escaped(text("reminder.description"))}`,
    "TRANSP:TRANSPARENT", // it doesn't mark the reader as busy
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${title}`,
    "TRIGGER:PT0S",
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
  ]
    .map(folded)
    .join("");
}

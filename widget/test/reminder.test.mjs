// @ts-check
// The weekly reminder follows RFC 5545.
import assert from "node:assert/strict";
import { test } from "node:test";
import { weeklyReminder } from "../assets/reminder.js";

process.env.TZ = "America/New_York";

/** @type {Record<string, string>} */
const texts = {
  "reminder.title": "Check the backup; really, do",
  "reminder.description": "Open Settings.\nLook at the date. Back\\slash 💾",
};
/** @param {string} id */
const text = (id) => {
  assert.ok(id in texts, id);
  return texts[id];
};
const monday = new Date(2026, 10, 23, 23, 30);

/** @param {Date} now */
const startOf = (now) => /\r\nDTSTART:(.*)\r\n/.exec(weeklyReminder({ text, now, uid: "1" }))?.[1];

test("the file is a calendar with one weekly event and its alarm", () => {
  assert.deepEqual(weeklyReminder({ text, now: monday, uid: "a-1" }).replace(/\r\n /g, "").split("\r\n"), [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//backup-check//reminder//EN",
    "BEGIN:VEVENT",
    "UID:a-1",
    "DTSTAMP:20261124T043000Z",
    "DTSTART:20261129T100000",
    "DURATION:PT5M",
    "RRULE:FREQ=WEEKLY;BYDAY=SU",
    "SUMMARY:Check the backup\\; really\\, do",
    "DESCRIPTION:Open Settings.\\nLook at the date. Back\\\\slash 💾",
    "TRANSP:TRANSPARENT",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "DESCRIPTION:Check the backup\\; really\\, do",
    "TRIGGER:PT0S",
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ]);
});

test("it starts on the next Sunday at ten, which is never past", () => {
  assert.equal(startOf(new Date(2026, 10, 28, 12)), "20261129T100000", "Saturday");
  assert.equal(startOf(new Date(2026, 10, 29, 9, 59)), "20261129T100000", "Sunday morning");
  assert.equal(startOf(new Date(2026, 10, 29, 10)), "20261206T100000", "Sunday at ten");
  assert.equal(startOf(new Date(2026, 11, 28)), "20270103T100000", "over the year's end");
  assert.equal(startOf(new Date(2026, 9, 31, 23)), "20261101T100000", "the day that the clocks go back");
  assert.equal(startOf(new Date(2026, 2, 7)), "20260308T100000", "the day that the clocks go forward");
});

test("lines end with CRLF, have at most 75 octets, and split no character", () => {
  for (const part of ["x", "é", "バ", "💾", "x💾é", "\\", "\n"]) {
    const words = part.repeat(200);
    const file = weeklyReminder({ text: () => words, now: monday, uid: words });
    assert.doesNotMatch(file.replace(/\r\n/g, ""), /[\r\n]/);
    assert.ok(file.endsWith("\r\n"));
    for (const line of file.split("\r\n")) {
      assert.ok(new TextEncoder().encode(line).length <= 75, line);
      assert.doesNotMatch(line, /\p{Cs}/u);
    }
    const summary = /\r\nSUMMARY:(.*)\r\n/.exec(file.replace(/\r\n /g, ""))?.[1];
    assert.equal(
      summary?.replace(/\\(.)/g, (_, c) => (c === "n" ? "\n" : c)),
      words,
    );
  }
});

test("a text can't end its line or its event", () => {
  const file = weeklyReminder({ text: () => "a\r\nEND:VEVENT\rb\u0000\u000bc", now: monday, uid: "1\r\nURL:x" });
  assert.equal(file.match(/^END:VEVENT\r$/gm)?.length, 1);
  assert.match(file, /\r\nSUMMARY:a\\nEND:VEVENT\\nbc\r\n/);
  assert.match(file, /\r\nUID:1\\nURL:x\r\n/);
});

test("the file contains no address", () => {
  assert.doesNotMatch(
    weeklyReminder({ text, now: monday, uid: "1" }),
    /:\/\/|www\.|mailto:|^(?:URL|ATTACH|ORGANIZER|ATTENDEE)/im,
  );
});

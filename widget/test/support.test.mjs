// @ts-check
// The support request is complete, readable everywhere, and safe from what the
// reader pastes into it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { supportRequest } from "../assets/support.js";

process.env.TZ = "Europe/Berlin";

/** @type {Record<string, string>} */
const texts = {
  "support.heading": "Request for help",
  "support.device": "Device: {value}",
  "support.ios": "iOS version: {value}",
  "support.message": "Message: {value}",
  "support.since": "Since: {value}",
  "support.not-said": "not said",
  "support.tried": "Tried:",
  "support.tried-item": "{title}: {answer}",
  "support.tried-item-at": "{title}: {answer} ({time})",
  "support.status": "Apple: {value}",
  "support.checked": "Read: {value}",
  "support.network": "Measured:",
  "support.round-trip": "{value} ms",
  "support.lost": "{value} lost",
  "support.upload": "{value} Mbit/s",
  "support.made": "Made by the widget on {time}",
};

/** @param {string} id @param {Record<string, string>} [values] */
function text(id, values = {}) {
  assert.ok(id in texts, id);
  return texts[id].replace(/\{(\w+)\}/g, (_, name) => {
    assert.equal(typeof values[name], "string", `${id} has {${name}}`);
    return values[name];
  });
}

/** @type {Parameters<typeof supportRequest>[0]} */
const full = {
  text,
  language: "en-GB",
  device: "iPhone",
  ios: 26,
  message: "The last backup could not be completed",
  since: Date.UTC(2026, 10, 20, 21, 5),
  tried: [
    { title: "Check whether the next backup fits", answer: "It fits" },
    { title: "Restart", answer: "Still fails", at: Date.UTC(2026, 10, 23, 8) },
  ],
  status: { summary: "Apple reports no problem", checkedAt: "2026-11-23T08:59:30Z" },
  network: { roundTrip: 84.4, lost: 0.05, upload: 3_200_000 },
  now: new Date(Date.UTC(2026, 10, 23, 9)),
};
const empty = {
  ...full,
  device: "",
  ios: null,
  message: " \n ",
  since: null,
  tried: [],
  status: { summary: "" },
  network: null,
};

test("everything that the reader entered is in the request", () => {
  assert.equal(
    supportRequest(full),
    `Request for help

Device: iPhone
iOS version: 26
Message: The last backup could not be completed
Since: 20 November 2026 at 22:05 CET

Tried:
1. Check whether the next backup fits: It fits
2. Restart: Still fails (23 November 2026 at 09:00 CET)

Apple: Apple reports no problem
Read: 23 November 2026 at 09:59 CET

Measured:
84 ms
5% lost
3.2 Mbit/s

Made by the widget on 23 November 2026 at 10:00 CET
`,
  );
});

test("missing answers are reported as not said, and missing measurements are omitted", () => {
  assert.equal(
    supportRequest(empty),
    `Request for help

Device: not said
iOS version: not said
Message: not said
Since: not said

Tried:
not said

Apple: not said
Read: not said

Made by the widget on 23 November 2026 at 10:00 CET
`,
  );
  for (const network of [undefined, {}, { roundTrip: NaN }])
    assert.doesNotMatch(supportRequest({ ...full, network }), /Measured/);
  assert.match(supportRequest({ ...full, network: { lost: 0 } }), /Measured:\n0% lost\n\n/);
  assert.match(
    supportRequest({
      ...full,
      tried: [{ title: "VPN", answer: "" }],
      since: NaN,
      status: { summary: "x", checkedAt: "soon" },
    }),
    /Since: not said\n[^]*1\. VPN: not said\n[^]*Read: not said\n/,
  );
});

test("dates and numbers are in the reader's language", () => {
  const german = supportRequest({ ...full, language: "de", since: "seit Montag" });
  assert.match(german, /Since: seit Montag\n/);
  assert.match(german, /23\. November 2026 um 10:00 MEZ\n$/);
  assert.match(german, /3,2 Mbit/);
});

test("the reader's message is one line of at most 1,000 characters", () => {
  const lines = supportRequest({ ...full, message: "one\r\n\r\nDevice: Mac\u2028two\u0000\u202ethree\ud800" }).split(
    "\n",
  );
  assert.ok(lines.includes("Message: one Device: Mac two three"));
  const long = supportRequest({ ...full, message: "𝒳".repeat(5000) });
  assert.equal([...long].filter((character) => character === "𝒳").length, 999);
  assert.match(long, /…/);
});

test("no line is longer than 300 characters, and no character is broken", () => {
  for (const long of ["word ".repeat(900), "x".repeat(5000), "𝒳".repeat(3000), `y${"𝒳".repeat(3000)}`]) {
    const request = supportRequest({
      ...full,
      device: long,
      ios: long,
      message: long,
      since: long,
      tried: [{ title: long, answer: long }],
      status: { summary: long },
    });
    for (const line of request.split("\n")) assert.ok(line.length <= 300, String(line.length));
    assert.doesNotMatch(request, /\p{Cs}/u);
  }
});

test("placeholders in what the reader wrote stay as they are", () => {
  assert.match(supportRequest({ ...full, message: "{time} $& $1" }), /Message: \{time\} \$& \$1\n/);
});

test("in another language each line is followed by one in English", () => {
  const german = (/** @type {string} */ id, /** @type {Record<string, string>} */ values = {}) =>
    id === "support.network" ? text(id, values) : `${text(id, values)} (deutsch)`;
  const request = supportRequest({
    ...full,
    text: german,
    language: "de",
    tried: [{ title: "Neu starten", answer: "Schlägt fehl", at: Date.UTC(2026, 10, 23, 8) }],
    status: { summary: "Apple meldet kein Problem", checkedAt: "2026-11-23T08:59:30Z" },
    english: {
      text,
      tried: [{ title: "Restart", answer: "Still fails", at: Date.UTC(2026, 10, 23, 8) }],
      summary: "Apple reports no problem",
    },
  });
  const lines = request.split("\n");
  for (const [own, english] of [
    ["Request for help (deutsch)", "  Request for help"],
    ["Device: iPhone (deutsch)", "  Device: iPhone"],
    [
      "1. Neu starten: Schlägt fehl (23. November 2026 um 09:00 MEZ) (deutsch)",
      "  1. Restart: Still fails (November 23, 2026 at 9:00 AM GMT+1)",
    ],
    ["Apple: Apple meldet kein Problem (deutsch)", "  Apple: Apple reports no problem"],
    ["3,2 Mbit/s (deutsch)", "  3.2 Mbit/s"],
  ])
    assert.equal(lines[lines.indexOf(own) + 1], english, `${own}\n${request}`);
  assert.equal(lines.filter((line) => line === "Measured:").length, 1, "what is the same isn't repeated");
  assert.ok(!/^ *$/m.test(request.replace(/\n\n/g, "\n").trim()), "empty lines aren't repeated");
});

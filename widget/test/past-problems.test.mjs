// @ts-check
// The widget reads the times of Apple's past problems from the site's history. It
// uses none rather than wrong or late ones.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { fetchPastProblems } from "../assets/history.js";

const { fetch: originalFetch } = globalThis;
afterEach(() => {
  globalThis.fetch = originalFetch;
});

/** @param {(address: string, init: RequestInit) => Promise<Response>} respond */
const site = (respond) => {
  globalThis.fetch = /** @type {typeof fetch} */ (/** @type {unknown} */ (respond));
};

/** @param {object} more differences from a problem that lasted from 10:00 to 12:00 */
const incident = (more) => ({
  id: "1",
  type: "Issue",
  worst_level: "degraded",
  started_at: "2026-11-08T10:00:00Z",
  ended_at: "2026-11-08T12:00:00Z",
  last_seen_at: null,
  ...more,
});
const ten = Date.UTC(2026, 10, 8, 10) / 1000,
  hour = 3600;

for (const [what, incidents, spans] of /** @type {[string, object[], object[]][]} */ ([
  ["a problem that is over", [incident({})], [{ from: ten, to: ten + 2 * hour }]],
  ["an outage", [incident({ worst_level: "outage", type: "Outage" })], [{ from: ten, to: ten + 2 * hour }]],
  ["maintenance that became a problem", [incident({ type: "Maintenance" })], [{ from: ten, to: ten + 2 * hour }]],
  [
    "one that Apple dropped",
    [incident({ ended_at: null, last_seen_at: "2026-11-08T11:00:00Z" })],
    [{ from: ten, to: ten + hour }],
  ],
  ["an ongoing one, which the verdict has", [incident({ ended_at: null })], []],
  ["maintenance", [incident({ type: "Maintenance", worst_level: "maintenance" })], []],
  ["one without effect so far", [incident({ worst_level: "operational" })], []],
  ["one that isn't understood", [incident({ worst_level: "unknown" })], []],
  ["one without a start", [incident({ started_at: null })], []],
  ["one that ends before it begins", [incident({ ended_at: "2026-11-08T09:00:00Z" })], []],
  ["a time that is none", [incident({ ended_at: "soon" })], []],
  [
    "several",
    [incident({}), incident({ started_at: "2026-10-01T00:00:00Z", ended_at: "2026-10-01T00:00:00Z" })],
    [
      { from: ten, to: ten + 2 * hour },
      { from: Date.UTC(2026, 9, 1) / 1000, to: Date.UTC(2026, 9, 1) / 1000 },
    ],
  ],
  ["none", [], []],
])) {
  test(`of ${what}`, async () => {
    site(async () => Response.json({ kept: true, incidents }));
    assert.deepEqual(await fetchPastProblems(), spans);
  });
}

for (const [what, answer] of /** @type {[string, () => Promise<Response>][]} */ ([
  ["history is disabled", async () => Response.json({ kept: false, incidents: [] })],
  ["the database fails", async () => Response.json({ error: "The history can't be read right now." }, { status: 503 })],
  [
    "the network fails",
    async () => {
      throw new TypeError("Failed to fetch");
    },
  ],
  ["another server responds", async () => new Response("<html>Please sign in to this Wi-Fi</html>")],
  ["the form is another one", async () => Response.json({ incidents: null })],
])) {
  test(`no problems if ${what}`, async () => {
    site(answer);
    assert.deepEqual(await fetchPastProblems(), []);
  });
}

test("every reader sends the same request", async () => {
  /** @type {string[]} */
  const requests = [];
  site(async (address) => (requests.push(address), Response.json({ incidents: [] })));
  await fetchPastProblems();
  assert.deepEqual(requests, ["/api/history"]);
});

test("a response that takes longer than two seconds is ignored", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  site(
    (_address, { signal }) =>
      new Promise((_respond, fail) => signal?.addEventListener("abort", () => fail(signal.reason))),
  );
  /** @type {object[] | undefined} */
  let known;
  const waiting = fetchPastProblems().then((spans) => (known = spans));
  context.mock.timers.tick(1_999);
  await new Promise((done) => setImmediate(done));
  assert.equal(known, undefined);
  context.mock.timers.tick(1);
  assert.deepEqual(await waiting, []);
});

// @ts-check
// The reader's progress is saved and restored, also if storage fails in the
// ways that occur in browsers.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const KEY = "backup-check";
const day = 86400_000;
const now = Date.UTC(2026, 10, 23);

let pages = 0;
/** Loads the module as a new page: it has the state of one page. @returns {Promise<typeof import("../assets/progress.js")>} */
const page = () => import(new URL(`../assets/progress.js?page=${++pages}`, import.meta.url).href);

/** @type {Map<string, string>} */
let stored;
/** @type {((event: any) => void)[]} */
let listeners;

/** @param {Partial<Storage>} [faults] */
function storage(faults = {}) {
  const value = {
    getItem: (/** @type {string} */ key) => stored.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ text) => void stored.set(key, text),
    removeItem: (/** @type {string} */ key) => void stored.delete(key),
    ...faults,
  };
  Object.defineProperty(globalThis, "localStorage", { configurable: true, get: () => value });
}
const refuse = () => {
  throw new DOMException("no", "QuotaExceededError");
};

beforeEach(() => {
  stored = new Map();
  listeners = [];
  storage();
  Object.assign(globalThis, {
    addEventListener: (/** @type {string} */ type, /** @type {any} */ listener) => {
      if (type === "storage") listeners.push(listener);
    },
    removeEventListener: (/** @type {string} */ _type, /** @type {any} */ listener) => {
      listeners = listeners.filter((other) => other !== listener);
    },
  });
});

test("a session and details outlive the page", async () => {
  const first = await page();
  assert.equal(first.load(now), null);
  assert.equal(first.save("a.b~c_d-1", now), true);
  assert.equal(first.saveDetails({ message: "Not enough storage", ios: 26 }, now + 1), true);
  assert.equal(first.save("a.b", now + 2), true);
  const second = await page();
  assert.deepEqual(second.load(now + day), {
    form: 1,
    session: "a.b",
    at: now + 2,
    message: "Not enough storage",
    ios: 26,
  });
});

test("details before the first answer are saved, and an empty one is deleted", async () => {
  const progress = await page();
  progress.saveDetails({ since: "Monday", message: "x".repeat(600), ios: 18 }, now);
  assert.deepEqual(progress.load(now), {
    form: 1,
    session: "",
    at: now,
    since: "Monday",
    message: "x".repeat(500),
    ios: 18,
  });
  progress.saveDetails({ since: "", ios: null }, now);
  assert.deepEqual(progress.load(now), { form: 1, session: "", at: now, message: "x".repeat(500) });
  assert.equal(progress.linkToSession("https://a.example/"), "https://a.example/");
});

test("clear leaves nothing", async () => {
  const progress = await page();
  progress.save("a");
  progress.clear();
  assert.equal(progress.load(), null);
  assert.equal(stored.size, 0);
});

test("garbage is deleted", async () => {
  const at = now;
  for (const text of [
    "",
    "{",
    "null",
    "7",
    "[]",
    '"a"',
    "{}",
    JSON.stringify({ form: 2, session: "a", at }),
    JSON.stringify({ form: 1, session: "a" }),
    JSON.stringify({ form: 1, session: 7, at }),
    JSON.stringify({ form: 1, session: ["a"], at }),
    JSON.stringify({ form: 1, session: "a b", at }),
    JSON.stringify({ form: 1, session: "a\n", at }),
    JSON.stringify({ form: 1, session: "a".repeat(2001), at }),
    JSON.stringify({ form: 1, session: "a", at: String(at) }),
    JSON.stringify({ form: 1, session: "a", at: null }),
    JSON.stringify({ form: 1, session: "a", at: now - 31 * day }),
    JSON.stringify({ form: 1, session: "a", at: now + 31 * day }),
  ]) {
    stored.set(KEY, text);
    assert.equal((await page()).load(now), null, text);
    assert.equal(stored.has(KEY), false, text);
  }
});

test("invalid parts are dropped, the rest is used", async () => {
  stored.set(
    KEY,
    JSON.stringify({ form: 1, session: "a", at: now - 29 * day, message: 7, since: {}, ios: "26", more: 1 }),
  );
  assert.deepEqual((await page()).load(now), { form: 1, session: "a", at: now - 29 * day });
});

test("a session that could not be read back is rejected, and the previous one is preserved", async () => {
  const progress = await page();
  progress.save("a", now);
  for (const bad of ["a b", "a#b", "ä", "a".repeat(2001)]) assert.equal(progress.save(bad, now), false, bad);
  assert.equal(progress.load(now)?.session, "a");
});

for (const [fault, broken] of /** @type {[string, () => void][]} */ ([
  ["forbidden", () => Object.defineProperty(globalThis, "localStorage", { configurable: true, get: refuse })],
  ["missing", () => Object.defineProperty(globalThis, "localStorage", { configurable: true, value: null })],
  ["throwing on every access", () => storage({ getItem: refuse, setItem: refuse, removeItem: refuse })],
  ["full", () => storage({ setItem: refuse })],
  ["accepting values without storing them", () => storage({ setItem: () => {} })],
])) {
  test(`storage that is ${fault}: progress works for this page only`, async () => {
    broken();
    const progress = await page();
    assert.equal(progress.load(now), null);
    assert.equal(progress.save("a", now), false);
    assert.equal(progress.saveDetails({ message: "m" }, now), false);
    assert.deepEqual(progress.load(now), { form: 1, session: "a", at: now, message: "m" });
    assert.equal(progress.load(now + 31 * day), null, "too old");
    progress.save("b", now);
    progress.clear();
    assert.equal(progress.load(now), null, "cleared");
    assert.equal((await page()).load(now), null, "another page");
  });
}

test("when the storage is full, this page uses its own answers, not older ones", async () => {
  const progress = await page();
  progress.save("old", now);
  storage({ setItem: refuse });
  progress.save("new", now);
  assert.equal(progress.load(now)?.session, "new");
  storage();
  assert.equal(progress.save("newer", now), true);
  assert.equal((await page()).load(now)?.session, "newer");
});

test("data that can't be deleted is no longer used by this page", async () => {
  const progress = await page();
  progress.save("a", now);
  storage({ removeItem: refuse });
  progress.clear();
  assert.equal(progress.load(now), null);
});

test("a link has the session in its fragment", async () => {
  const progress = await page();
  progress.save("1.a~b_c-D");
  const address = progress.linkToSession("https://a.example/widget?lang=en#old");
  assert.equal(address, "https://a.example/widget?lang=en#s=1.a~b_c-D");
  assert.equal(progress.sessionFromLink(new URL(address).hash), "1.a~b_c-D");
});

test("a fragment gives a session or nothing", async () => {
  const { sessionFromLink } = await page();
  for (const [hash, session] of /** @type {[string, string | null][]} */ ([
    ["#s=a", "a"],
    ["s=a", "a"],
    ["#s=a%7Eb%7ec", "a~b~c"],
    [`#s=${"a".repeat(2000)}`, "a".repeat(2000)],
    ["", null],
    ["#", null],
    ["#s=", null],
    ["#t=a", null],
    ["#s=a b", null],
    ["#s=<b>", null],
    ["#s=a%20b", null],
    ["#s=ä", null],
    ["#s=a\n", null],
    ["#s=a&t=b", null],
    [`#s=${"a".repeat(2001)}`, null],
    [`#s=${"%7E".repeat(1e6)}`, null],
  ]))
    assert.equal(sessionFromLink(hash), session, hash.slice(0, 40));
});

test("of two tabs the last one to save wins, and the other is notified", async () => {
  const one = await page(),
    two = await page();
  /** @type {(string | undefined)[]} */
  const sessions = [];
  const stop = one.onChange((progress) => sessions.push(progress?.session));
  one.save("one");
  two.save("two");
  for (const listener of listeners) listener({ key: KEY });
  for (const listener of listeners) listener({ key: "something else" });
  assert.equal(one.load()?.session, "two");
  stored.clear();
  for (const listener of listeners) listener({ key: null });
  assert.deepEqual(sessions, ["two", undefined]);
  stop();
  assert.equal(listeners.length, 0);
});

test("another tab's answers replace those that only this page has", async () => {
  const one = await page(),
    two = await page();
  one.onChange(() => {});
  storage({ setItem: refuse });
  one.save("one");
  storage();
  two.save("two");
  for (const listener of listeners) listener({ key: KEY });
  assert.equal(one.load()?.session, "two");
});

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
  Object.defineProperty(globalThis, "sessionStorage", { configurable: true, value: undefined });
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
  assert.equal(first.save("a.b~c_d-1", {}, now), true);
  assert.equal(first.saveDetails({ message: "Not enough storage", ios: 26 }, now + 1), true);
  assert.equal(first.save("a.b", {}, now + 2), true);
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
  progress.saveDetails({ since: "Monday", message: "x".repeat(1200), ios: 18 }, now);
  assert.deepEqual(progress.load(now), {
    form: 1,
    session: "",
    at: now,
    since: "Monday",
    message: "x".repeat(1000),
    ios: 18,
  });
  progress.saveDetails({ since: "", ios: null }, now);
  assert.deepEqual(progress.load(now), { form: 1, session: "", at: now, message: "x".repeat(1000) });
  assert.equal(progress.linkToSession("https://a.example/", ""), "https://a.example/");
});

test("another session replaces all that was saved with the one before", async () => {
  const progress = await page();
  progress.save("a", { times: [now, now] }, now);
  progress.saveDetails({ message: "m", since: "s", ios: 26 }, now);
  assert.equal(progress.replace("b", { linked: 2, times: [null, null] }, now), true);
  assert.deepEqual((await page()).load(now), { form: 1, session: "b", at: now, linked: 2, times: [null, null] });
});

test("the chosen device goes along with another session, in its two forms only, and not with a link", async () => {
  const progress = await page();
  progress.saveDetails({ device: "iPad" }, now);
  progress.save("a", {}, now);
  assert.deepEqual(progress.load(now), { form: 1, session: "a", at: now, device: "iPad" });
  progress.replace("b", { device: "iPhone" }, now);
  assert.deepEqual(progress.load(now), { form: 1, session: "b", at: now, device: "iPhone" });
  assert.equal(progress.linkToSession("https://a.example/", "b"), "https://a.example/#s=b");
  progress.saveDetails({ device: null }, now);
  assert.deepEqual(progress.load(now), { form: 1, session: "b", at: now });
  for (const device of ["", "ipad", "Mac", 7, ["iPad"], {}, true]) {
    stored.set(KEY, JSON.stringify({ form: 1, session: "a", at: now, device }));
    assert.deepEqual((await page()).load(now), { form: 1, session: "a", at: now }, JSON.stringify(device));
  }
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
    JSON.stringify({ form: 1, session: "a", at, more: "x".repeat(20_000) }),
    `{"__proto__": ${JSON.stringify({ form: 1, session: "a", at })}}`,
    "[".repeat(5_000_000),
    `{"form":1,"session":"a","at":${at},"times":[${"1,".repeat(2_000_000)}1]}`,
    `{"form":1,"session":"a","at":1e400}`,
  ]) {
    stored.set(KEY, text);
    const name = text.slice(0, 100);
    assert.equal((await page()).load(now), null, name);
    assert.equal(stored.has(KEY), false, name);
  }
});

test("invalid parts are dropped, the rest is used", async () => {
  stored.set(
    KEY,
    JSON.stringify({ form: 1, session: "a", at: now - 29 * day, message: 7, since: {}, ios: "26", more: 1 }),
  );
  assert.deepEqual((await page()).load(now), { form: 1, session: "a", at: now - 29 * day });
});

test("numbers are used within their range only", async () => {
  const at = now - day;
  const loaded = async (/** @type {object} */ parts) => {
    stored.set(KEY, JSON.stringify({ form: 1, session: "a", at, ...parts }));
    return (await page()).load(now);
  };
  for (const ios of [0, -1, 1.5, 61, 1e9, 2 ** 53 - 1, 1e308, "26", [26], {}, true, null])
    assert.deepEqual(await loaded({ ios }), { form: 1, session: "a", at }, `iOS ${JSON.stringify(ios)}`);
  for (const linked of [0, -1, 1.5, 201, 2 ** 53 - 1, "1", [1], {}, true, null])
    assert.deepEqual(await loaded({ linked }), { form: 1, session: "a", at }, `linked ${JSON.stringify(linked)}`);
  assert.deepEqual(await loaded({ ios: 60, linked: 200 }), { form: 1, session: "a", at, ios: 60, linked: 200 });
  for (const times of [[], {}, { length: 3 }, "123", 7, Array(201).fill(at)])
    assert.deepEqual(await loaded({ times }), { form: 1, session: "a", at }, JSON.stringify(times).slice(0, 40));
  // A time that can't be one is unknown; the others stay with their answers.
  assert.deepEqual(
    (
      await loaded({
        times: [at - 2, at + 1, 0, -1, 8.64e15, 1e308, at - 366 * day, at - 0.5, "1", null, {}, [at], at],
      })
    )?.times,
    [at - 2, ...Array(11).fill(null), at],
  );
});

test("where the browser's storage is forbidden, a page passes its progress on to itself, once", async () => {
  /** @type {{state: any, replaceState: (state: any) => void}} */
  const entry = { state: null, replaceState: (state) => (entry.state = structuredClone(state)) };
  Object.defineProperty(globalThis, "history", { configurable: true, value: entry });
  try {
    storage({ getItem: refuse, setItem: refuse, removeItem: refuse });
    const first = await page();
    first.passOn();
    assert.equal(entry.state, null, "nothing to pass on");
    first.save("a", { linked: 1, times: [null, now - 1] }, now);
    first.passOn();
    const second = await page();
    assert.deepEqual(second.load(now), { form: 1, session: "a", at: now, linked: 1, times: [null, now - 1] });
    assert.equal(entry.state, null);
    assert.equal((await page()).load(now), null, "a page that comes later");
    // Also that it was deleted, where the storage doesn't delete.
    storage({ getItem: () => JSON.stringify({ form: 1, session: "old", at: now }), removeItem: refuse });
    second.clear();
    second.passOn();
    assert.equal((await page()).load(now), null);
    // Other scripts of the origin can write it.
    const holes = Array(3);
    holes[2] = now;
    for (const [passed, loaded] of /** @type {[any, any][]} */ ([
      [
        { form: 1, session: "a", at: now, times: holes },
        { form: 1, session: "a", at: now, times: [null, null, now] },
      ],
      [{ form: 1, session: "a b", at: now }, null],
      [new Map([["form", 1]]), null],
      [7, null],
      [[], null],
      ["x".repeat(5_000_000), null],
    ])) {
      entry.state = { backupCheck: passed };
      assert.deepEqual((await page()).load(now), loaded);
    }
  } finally {
    Reflect.deleteProperty(globalThis, "history");
  }
});

test("whatever is stored, what is loaded is valid, and at once", async () => {
  let seed = 1;
  const pick = (/** @type {number} */ n) => (seed = (seed * 1664525 + 1013904223) >>> 0) % n;
  /** @type {unknown[]} */
  const odd = [
    null, true, 0, -1, 1, 1.5, 26, 61, 2 ** 53 - 1, 1e308, now, now + 1, -8.64e15, "", "a", "1AA.AA", "a b", "x".repeat(600),
    "x".repeat(30_000), "\u0000\u202e\ud800", "__proto__", [], [null], [now, "a", [], now + 1], Array(300).fill(1), {}, { length: 1 },
    { __proto__: null, toString: 1 },
  ]; // prettier-ignore
  const names = [
    "form",
    "session",
    "at",
    "message",
    "since",
    "ios",
    "device",
    "linked",
    "times",
    "__proto__",
    "constructor",
    "toJSON",
  ];
  const began = Date.now();
  for (let round = 0; round < 3000; round++) {
    /** @type {[string, unknown][]} */
    const parts = [["form", 1], ["session", "a"], ["at", now]]; // prettier-ignore
    for (let n = pick(5); n >= 0; n--) parts.push([names[pick(names.length)], odd[pick(odd.length)]]);
    let text = `{${parts.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`;
    if (pick(4) === 0) text = text.slice(0, pick(text.length));
    stored.set(KEY, text);
    const progress = await page();
    const loaded = progress.load(now);
    if (loaded === null) {
      assert.equal(stored.has(KEY), false, text.slice(0, 200));
      continue;
    }
    const {
      form,
      session,
      at,
      message = "",
      since = "",
      ios = 1,
      device = "iPad",
      linked = 1,
      times = [],
      ...more
    } = loaded;
    assert.deepEqual(more, {}, text.slice(0, 200));
    assert.equal(Object.getPrototypeOf(loaded), Object.prototype);
    assert.equal(form, 1);
    assert.match(session, /^[\w.~-]{0,2000}$/);
    assert.ok(Number.isFinite(at));
    for (const words of [message, since]) assert.ok(typeof words === "string" && words.length <= 500);
    assert.ok(Number.isInteger(ios) && ios >= 1 && ios <= 60);
    assert.match(device, /^(iPhone|iPad)$/);
    assert.ok(Number.isInteger(linked) && linked >= 1 && linked <= 200);
    assert.ok(Array.isArray(times) && times.length <= 200);
    for (const time of times) assert.ok(time === null || (Number.isInteger(time) && time <= at && time > 0));
    // It can be saved again, and changes no more.
    progress.saveDetails({ message: "m" }, now);
    assert.equal((await page()).load(now)?.session, session);
  }
  assert.ok(Date.now() - began < 20_000);
});

test("a session that could not be read back is rejected, and the previous one is preserved", async () => {
  const progress = await page();
  progress.save("a", {}, now);
  for (const bad of ["a b", "a#b", "ä", "a".repeat(2001)]) assert.equal(progress.save(bad, {}, now), false, bad);
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
    assert.equal(progress.save("a", {}, now), false);
    assert.equal(progress.saveDetails({ message: "m" }, now), false);
    assert.deepEqual(progress.load(now), { form: 1, session: "a", at: now, message: "m" });
    assert.equal(progress.load(now + 31 * day), null, "too old");
    progress.save("b", {}, now);
    progress.clear();
    assert.equal(progress.load(now), null, "cleared");
    assert.equal((await page()).load(now), null, "another page");
  });
}

test("when the storage is full, this page uses its own answers, not older ones", async () => {
  const progress = await page();
  progress.save("old", {}, now);
  storage({ setItem: refuse });
  progress.save("new", {}, now);
  assert.equal(progress.load(now)?.session, "new");
  storage();
  assert.equal(progress.save("newer", {}, now), true);
  assert.equal((await page()).load(now)?.session, "newer");
});

test("data that can't be deleted is no longer used by this page", async () => {
  const progress = await page();
  progress.save("a", {}, now);
  storage({ removeItem: refuse });
  progress.clear();
  assert.equal(progress.load(now), null);
});

test("a link has the session in its fragment", async () => {
  const progress = await page();
  const address = progress.linkToSession("https://a.example/widget?lang=en#old", "1.a~b_c-D");
  assert.equal(address, "https://a.example/widget?lang=en#s=1.a~b_c-D");
  assert.equal(progress.sessionFromLink(new URL(address).hash), "1.a~b_c-D");
});

test("a fragment gives a session or nothing", async () => {
  const { sessionFromLink } = await page();
  for (const [hash, session] of /** @type {[string, string | null][]} */ ([
    ["#s=a", "a"],
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
    ["#s=a&t=b", "a"],
    ["#accent=red&s=a", "a"],
    ["#s=a&s=b", "a"],
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

test("what another page of the same tab saves isn't another tab's", async () => {
  /** The storage of a tab. @param {Record<string, string>} value */
  const inTab = (value) => Object.defineProperty(globalThis, "sessionStorage", { configurable: true, value });
  const tab = {};
  inTab(tab);
  const one = await page(),
    two = await page();
  /** @type {(string | undefined)[]} */
  const sessions = [];
  one.onChange((progress) => sessions.push(progress?.session));
  two.save("two");
  for (const listener of listeners) listener({ key: KEY });
  assert.deepEqual(sessions, []);
  inTab({});
  two.save("three");
  inTab(tab);
  for (const listener of listeners) listener({ key: KEY });
  assert.deepEqual(sessions, ["three"]);
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

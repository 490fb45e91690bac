// @ts-check
// What the entry module keeps in memory: bounded, under canonical addresses
// only, and never in the way of a newer answer. An answer from memory is known
// by its header Age.
import assert from "node:assert/strict";
import { request } from "node:http";
import { after, before, test } from "node:test";
import { build, eventually, playApple, status, workerd } from "./harness.mjs";

/** @type {Awaited<ReturnType<typeof playApple>>} */
let apple;
/** @type {Awaited<ReturnType<typeof workerd>>} */
let worker;
before(async () => {
  apple = await playApple();
  worker = await workerd(build("faulty").dir, { APPLE_ORIGIN: apple.origin });
});
after(() => Promise.all([worker.stop(), apple.stop()]));

// All there is to keep: each answer whose canonical address is its own.
const canonical = [
  "/api/status",
  "/badge.json",
  "/badge.svg",
  "/badge.svg?style=flat-square",
  "/feed.atom",
  "/openapi.json",
  "/api/v2/summary.json",
  "/api/v2/status.json",
  "/api/v2/components.json",
  "/api/v2/incidents.json",
  "/widget",
  "/widget?theme=dark",
  "/widget?theme=light",
];

/**
 * An answer by node:http, which sends every header as it is told.
 * @param {string} path
 * @param {{method?: string, headers?: Record<string, string>}} [how]
 * @returns {Promise<{code: number, headers: import("node:http").IncomingHttpHeaders, body: string}>}
 */
const ask = (path, how = {}) =>
  new Promise((done, failed) => {
    const sent = request(worker.origin + path, how, (response) => {
      let body = "";
      response
        .setEncoding("utf8")
        .on("data", (text) => (body += text))
        .on("end", () => done({ code: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on("error", failed).end();
  });

const remembered = async (/** @type {string} */ path) => (await ask(path)).headers.age !== undefined;

/** Whatever came, what is kept is still kept, and still the same. @param {() => Promise<void>} act */
async function undisturbed(act) {
  const kept = [];
  for (const path of canonical) {
    await ask(path);
    const answer = await ask(path);
    assert.notEqual(answer.headers.age, undefined, `${path} is kept`);
    kept.push({ path, body: answer.body, tag: answer.headers.etag });
  }
  await act();
  for (const { path, body, tag } of kept) {
    const { headers, ...answer } = await ask(path);
    assert.notEqual(headers.age, undefined, `${path} is still kept`);
    assert.equal(answer.body, body, path);
    assert.equal(headers.etag, tag, path);
  }
}

test("answers are kept under their canonical address only", async () => {
  for (const path of [
    "/",
    "/healthz",
    "/nothing",
    "/api/status?",
    "/api/status?x=1",
    "/API/STATUS",
    "/api//status",
    "/api/%73tatus",
    "/widget?theme=dark&utm=2",
    "/widget?utm=2&theme=dark",
    "/widget?theme=DARK",
    "/widget?theme=%64ark",
    "/widget?lang=en",
    "/badge.svg?label=x",
    "/badge.svg?style=flat",
    "/oembed?url=/widget",
  ]) {
    await ask(path);
    // A question mark alone is the same address to the platform.
    assert.equal(await remembered(path), path === "/api/status?", path);
  }
});

test("made-up addresses fill nothing and push nothing out", { timeout: 60_000 }, () =>
  undisturbed(async () => {
    const paths = [
      "/widget?a=",
      "/api/status?theme=",
      "/badge.svg?label=",
      "/?",
      "/nothing/",
      "/api/history?days=",
      "/widget?lang=",
    ];
    const grown = async () => Number((await ask("/fault/memory")).body);
    /** @param {number} count */
    const flood = (count) =>
      Promise.all(
        Array.from({ length: 8 }, async (_, lane) => {
          for (let n = 0; n < count; n++) {
            const long = n % 10 ? "" : "x".repeat(6_000);
            const { code } = await ask(`${paths[n % paths.length]}${lane}-${n}${long}`, {
              headers: { "X-Long": long },
            });
            assert.ok([200, 400, 404].includes(code), `${code}`);
          }
        }),
      );
    await flood(100);
    const before = await grown();
    await flood(250);
    assert.ok((await grown()) - before < 4_000_000, "Go's memory grows with what is asked");
  }),
);

test("headers neither change an answer nor poison what is kept", () =>
  undisturbed(async () => {
    for (const path of [...canonical, "/widget?x", "/api/status?x"]) {
      const plain = await ask(path);
      for (const headers of [
        { Host: "evil.example" },
        { "X-Forwarded-Host": "evil.example" },
        { "X-Forwarded-Proto": "gopher" },
        { Forwarded: "host=evil.example" },
        { "X-Original-URL": "/nothing" },
        { "X-Rewrite-URL": "/nothing" },
        { "X-HTTP-Method-Override": "DELETE" },
        { Cookie: "a=b" },
        { Authorization: "Basic eDp5" },
        { "Accept-Language": "de" },
        { Accept: "text/x-nothing" },
        { Range: "bytes=0-3" },
        { Origin: "https://evil.example" },
        { "If-Modified-Since": "Sun, 22 Nov 2099 06:00:00 GMT" },
        { "Cache-Control": "no-cache" },
      ]) {
        const {
          code,
          body,
          headers: got,
        } = await ask(path, { headers: /** @type {Record<string, string>} */ (/** @type {unknown} */ (headers)) });
        assert.equal(code, 200, `${path} with ${JSON.stringify(headers)}`);
        assert.equal(body, plain.body, `${path} with ${JSON.stringify(headers)}`);
        assert.doesNotMatch(JSON.stringify(got), /evil|gopher/, path);
      }
    }
  }));

test("methods that don't read never get what is kept", () =>
  undisturbed(async () => {
    for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
      const { code, headers } = await ask("/api/status", { method });
      assert.equal(code, 405, method);
      assert.equal(headers.age, undefined, method);
    }
    assert.equal((await ask("/api/status", { method: "OPTIONS" })).code, 204);
  }));

test("conditions and HEAD are answered alike from memory and by Go", async () => {
  // The same answer, from memory and not: its address with a parameter that means nothing.
  for (const [own, other] of [
    ["/api/status", "/api/status?x"],
    ["/widget?theme=dark", "/widget?x&theme=dark"],
    ["/badge.svg", "/badge.svg?x"],
  ]) {
    await ask(own);
    const whole = await ask(own);
    const tag = /** @type {string} */ (whole.headers.etag);
    /** What an answer says of itself, but for how it came. @param {import("node:http").IncomingHttpHeaders} headers */
    const said = ({
      age,
      date,
      connection,
      "keep-alive": _,
      "transfer-encoding": __,
      "content-length": ___,
      ...rest
    }) => rest;
    for (const [condition, code] of /** @type {[string, number][]} */ ([
      [tag, 304],
      [`W/${tag}`, 304],
      [`"other", ${tag}`, 304],
      [`"other",W/${tag} , "more"`, 304],
      ["*", 304],
      ['"other"', 200],
      [tag.slice(1, -1), 200],
      ["", 200],
      [tag.slice(0, -2) + '"', 200],
    ])) {
      const [kept, made] = [
        await ask(own, { headers: { "If-None-Match": condition } }),
        await ask(other, { headers: { "If-None-Match": condition } }),
      ];
      assert.notEqual(kept.headers.age, undefined, own);
      assert.equal(made.headers.age, undefined, other);
      for (const answer of [kept, made]) {
        assert.equal(answer.code, code, `${own} if none match ${condition}`);
        assert.equal(answer.body, code === 304 ? "" : whole.body);
      }
      assert.deepEqual(said(kept.headers), said(made.headers), `${own} if none match ${condition}`);
    }
    const [kept, made] = [await ask(own, { method: "HEAD" }), await ask(other, { method: "HEAD" })];
    assert.equal(kept.body + made.body, "");
    assert.deepEqual(said(kept.headers), said(whole.headers), `HEAD ${own}`);
    assert.deepEqual(said(made.headers), said(whole.headers), `HEAD ${other}`);
  }
});

test("after a refresh the older answer is gone from everywhere", async () => {
  const own = await playApple();
  const eager = await workerd(build().dir, { APPLE_ORIGIN: own.origin, REFRESH_SECONDS: "0.2" });
  const forms = {
    "/api/status": '"level":"',
    "/badge.json": '"message":"',
    "/widget": 'data-level="',
    "/widget?theme=dark": 'data-level="',
  };
  for (const [scenario, level] of [
    ["outage", "outage"],
    ["fine", "operational"],
    ["issue", "degraded"],
  ]) {
    await own.show(scenario);
    await eventually(async () => (await status(eager.origin)).level === level, 5_000, scenario);
    for (let round = 0; round < 3; round++) {
      for (const [form, before] of Object.entries(forms)) {
        const text = await (await fetch(eager.origin + form)).text();
        assert.ok(text.includes(`${before}${level}"`), `${form} after ${scenario}: ${text.slice(0, 300)}`);
      }
    }
  }
  await Promise.all([eager.stop(), own.stop()]);
});

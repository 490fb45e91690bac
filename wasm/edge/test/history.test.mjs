// @ts-check
// The history at the edge: the cron trigger stores it in D1; all endpoints and
// the webhook report it.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import { build, eventually, history, json, pause, playApple, status, wranglerDev } from "./harness.mjs";
/** @typedef {import("./harness.mjs").History} History */

const secret = "whsec_" + Buffer.from("a key for this test only").toString("base64");

/** Starts a receiver for the webhook. */
async function startReceiver() {
  const receiver = {
    address: "",
    /** Status codes of the next responses; then all are 204. @type {number[]} */
    refusals: [],
    /** @type {{status: number, id: string, body: any}[]} */
    posts: [],
    stop: () => new Promise((done) => (server.closeAllConnections(), server.close(done))),
  };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature } = request.headers;
    const signed = createHmac("sha256", Buffer.from(secret.slice(6), "base64"))
      .update(`${id}.${timestamp}.${body}`)
      .digest("base64");
    const valid =
      request.method === "POST" &&
      request.url === "/hook?token=t" &&
      signature === `v1,${signed}` &&
      Math.abs(Date.now() / 1000 - Number(timestamp)) < 10 &&
      request.headers["content-type"] === "application/json" &&
      request.headers["content-length"] === String(Buffer.byteLength(body));
    const code = valid ? (receiver.refusals.shift() ?? 204) : 400;
    receiver.posts.push({ status: code, id: String(id), body: JSON.parse(body) });
    response.writeHead(code, code === 302 ? { Location: "/elsewhere" } : {}).end();
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
  receiver.address = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}/hook?token=t`;
  server.unref();
  return receiver;
}

describe("in D1", () => {
  /** @type {Awaited<ReturnType<typeof playApple>>} */
  let apple;
  /** @type {Awaited<ReturnType<typeof startReceiver>>} */
  let receiver;
  /** @type {Awaited<ReturnType<typeof wranglerDev>>} */
  let worker;
  /** @type {Record<string, string>} */
  let vars;
  before(async () => {
    [apple, receiver] = await Promise.all([playApple(), startReceiver()]);
    vars = {
      APPLE_ORIGIN: apple.origin,
      REFRESH_SECONDS: "0.5",
      WEBHOOK_URL: receiver.address,
      WEBHOOK_SECRET: secret,
      WEBHOOK_RETRY_SECONDS: "3",
    };
    worker = await wranglerDev(build().dir, vars);
  });
  after(() => Promise.all([worker.stop(), apple.stop(), receiver.stop()]));

  /**
   * Shows a scenario, and runs the cron trigger until the history has its level.
   * @param {string} scenario @param {string[]} levels all so far
   */
  async function record(scenario, levels) {
    await apple.show(scenario);
    return eventually(
      async () => {
        await worker.cron();
        const h = await history(worker.origin);
        assert.deepEqual(
          h.changes.map((c) => c.level),
          levels,
        );
        return h;
      },
      15_000,
      `${scenario}, as ${levels}`,
    );
  }

  test("a reopened incident is one incident at every endpoint", async () => {
    receiver.refusals = [500, 302, 503];
    const levels = ["operational"];
    assert.deepEqual((await record("fine", levels)).incidents, []);
    /** @type {History | undefined} */
    let h;
    let first = "";
    for (const [scenario, level, state, worst, indicator, component, title] of [
      ["issue", "degraded", "ongoing", "degraded", "major", "partial_outage", "Issue with iCloud Backup: ongoing"],
      ["outage", "outage", "ongoing", "outage", "critical", "major_outage", "Outage of iCloud Backup: ongoing"],
      ["recovered", "operational", "resolved", "outage", "none", "operational", "Issue with iCloud Backup: resolved"],
      ["issue", "degraded", "ongoing", "outage", "major", "partial_outage", "Issue with iCloud Backup: ongoing"],
      ["recovered", "operational", "resolved", "outage", "none", "operational", "Issue with iCloud Backup: resolved"],
    ]) {
      levels.push(level);
      h = await record(scenario, levels);
      const [incident, ...others] = h.incidents;
      assert.deepEqual(others, []);
      first ||= incident.first_seen_at;
      assert.deepEqual(
        { ...incident, started_at: "", ended_at: incident.ended_at && "set" },
        {
          ...incident,
          id: "2000009001",
          state,
          worst_level: worst,
          started_at: "",
          ended_at: state === "resolved" ? "set" : null,
          first_seen_at: first,
          last_seen_at: null,
        },
      );
      // All other responses use the cron run's reading at once.
      assert.equal((await status(worker.origin)).level, level);
      /** @type {{incidents: {status: string, resolved_at: string | null, components: {name: string}[]}[]}} */
      const { incidents } = await json(`${worker.origin}/api/v2/incidents.json`);
      const ours = incidents.filter((i) => i.components.some((c) => c.name === "iCloud Backup"));
      assert.deepEqual(
        ours.map((i) => [i.status, i.resolved_at !== null]),
        [state === "ongoing" ? ["investigating", false] : ["resolved", true]],
      );
      const summary = await json(`${worker.origin}/api/v2/summary.json`);
      assert.deepEqual(
        [summary.status.indicator, summary.components[0].name, summary.components[0].status],
        [indicator, "iCloud Backup", component],
      );
      const feed = await (await fetch(`${worker.origin}/feed.atom`)).text();
      assert.deepEqual(
        [...feed.matchAll(/<entry>.*?<title>(.*?)<\/title>/gs)].map((m) => m[1]),
        [title],
      );
      assert.equal((await json(`${worker.origin}/badge.json`)).message, level);
      assert.match(
        await (await fetch(`${worker.origin}/badge.svg`)).text(),
        new RegExp(`<title>iCloud Backup: ${level}</title>`),
      );
    }

    // By Apple's times the incident lasted 90 minutes, though this test took
    // only seconds.
    assert.ok(h);
    const minutes = h.days.map((day) => day.minutes);
    assert.equal(
      minutes.reduce((sum, m) => sum + m.outage, 0),
      90,
    );
    assert.equal(
      minutes.reduce((sum, m) => sum + m.degraded, 0),
      0,
    );
    for (const day of h.days.slice(0, -1))
      assert.equal(Object.values(day.minutes).reduce((a, b) => a + b) + day.not_watched, 1440);
    const landing = await (await fetch(`${worker.origin}/`)).text();
    assert.match(landing, /Some backups stopped before they were complete\./);
  });

  test("the webhook posts each change once, in order, and retries until it is accepted", async () => {
    const changes = [
      "operational>degraded",
      "degraded>outage",
      "outage>operational",
      "operational>degraded",
      "degraded>operational",
    ];
    const accepted = () => receiver.posts.filter((p) => p.status === 204);
    await eventually(async () => (await worker.cron(), accepted().length >= changes.length), 20_000, "all posts");
    for (let i = 0; i < 3; i++) {
      await pause(1100);
      await worker.cron();
    }
    assert.deepEqual(
      accepted().map((p) => `${p.body.previous}>${p.body.level}`),
      changes,
    );
    assert.equal(new Set(accepted().map((p) => p.id)).size, changes.length);
    assert.deepEqual(
      receiver.posts.map((p) => p.status),
      [500, 302, 503, 204, 204, 204, 204, 204],
    );
    assert.equal(
      new Set(receiver.posts.slice(0, 4).map((p) => p.id)).size,
      1,
      "a change has the same id in all retries",
    );
    assert.match(accepted()[1].body.text, /^Apple reports an outage of iCloud Backup\./);
    assert.deepEqual([accepted()[4].body.incident.id, accepted()[4].body.incident.state], ["2000009001", "resolved"]);
    assert.match(worker.running.output, /posting a change failed.*the receiver answers 500/);
    assert.doesNotMatch(worker.running.output, /token=t|a key for this test/, "no secrets in the log");
  });

  test("concurrent runs, and runs without a new reading, store nothing twice", async () => {
    const before = await history(worker.origin);
    await apple.show("outage");
    await pause(1100); // times are stored in seconds
    const posted = receiver.posts.length;
    await Promise.all(Array.from({ length: 5 }, () => worker.cron()));
    await eventually(async () => (await worker.cron(), receiver.posts.length > posted), 10_000, "the post");
    const now = await history(worker.origin);
    assert.deepEqual(
      now.changes.map((c) => c.level),
      [...before.changes.map((c) => c.level), "outage"],
    );
    assert.equal(now.incidents.length, 1);

    await apple.fault("500");
    await worker.cron();
    const last = (await history(worker.origin)).to;
    const { feeds } = await apple.state();
    for (let i = 0; i < 3; i++) {
      await pause(1100);
      await worker.cron();
    }
    assert.equal((await history(worker.origin)).to, last);
    assert.ok((await apple.state()).feeds >= feeds + 3, "each run tried to read Apple");
    await apple.fault("");
    assert.equal(receiver.posts.length, posted + 1, "the change was posted once");
  });

  test("the history continues after a restart", async () => {
    const before = await history(worker.origin);
    await worker.stop();
    worker = await wranglerDev(build().dir, vars, worker.state);
    const again = await history(worker.origin);
    assert.deepEqual([again.changes, again.incidents], [before.changes, before.incidents]);
    const h = await record("fine", [...before.changes.map((c) => c.level), "operational"]);
    // Apple has ended it without a time.
    assert.deepEqual(
      h.incidents.map((i) => [i.state, i.ended_at, i.last_seen_at !== null]),
      [["resolved", null, true]],
    );
  });

  test("killing the process during a cron run loses only that run", { timeout: 120_000 }, async () => {
    for (const [scenario, wait] of /** @type {[string, number][]} */ ([
      ["issue", 15],
      ["outage", 40],
      ["fine", 90],
    ])) {
      await apple.show(scenario);
      await pause(1100);
      const { changes, incidents } = await history(worker.origin);
      const run = worker.cron().catch(() => {}); // the connection is closed by the kill
      await pause(wait);
      await worker.stop();
      await run;
      worker = await wranglerDev(build().dir, vars, worker.state);
      const level = { issue: "degraded", outage: "outage", fine: "operational" }[scenario];
      await eventually(
        async () => {
          await worker.cron();
          return (await history(worker.origin)).changes.at(-1)?.level === level;
        },
        15_000,
        scenario,
      );
      const now = await history(worker.origin);
      assert.deepEqual(
        now.changes.map((c) => c.level),
        [...changes.map((c) => c.level), level],
        "each change once",
      );
      assert.ok(
        now.incidents.length - incidents.length <= 1 &&
          new Set(now.incidents.map((i) => i.id)).size === now.incidents.length,
        "each incident once",
      );
    }
  });
});

// @ts-check
// Libraries that receivers use verify the webhook's posts, with each kind of
// secret, and a receiver hears when Apple can't be read.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import {
  backupcheck,
  build,
  countingBuild,
  eventually,
  freePort,
  pause,
  playApple,
  scratch,
  start,
  status,
  wranglerDev,
} from "./harness.mjs";

const FIRST = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const SECOND = "mysecretmysecretmysecretmysecret";

/** @type {{headers: Record<string, string>, body: string}[]} */
const posts = [];
const receiver = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  posts.push({ headers: /** @type {Record<string, string>} */ (request.headers), body });
  response.writeHead(204).end();
});
let address = "";
/** @type {Awaited<ReturnType<typeof playApple>>} */
let apple;
before(async () => {
  build();
  apple = await playApple();
  await new Promise((done) => receiver.listen(0, "127.0.0.1", () => done(undefined)));
  address = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (receiver.address()).port}/hook`;
});
after(() => Promise.all([apple.stop(), new Promise((done) => (receiver.closeAllConnections(), receiver.close(done)))]));

/** Verifies the last post with each library. @param {string[]} secrets */
function verify(secrets) {
  const { headers, body } = /** @type {(typeof posts)[number]} */ (posts.at(-1));
  for (const secret of secrets)
    for (const Webhook of [StandardWebhook, SvixWebhook]) {
      assert.doesNotThrow(() => new Webhook(secret).verify(body, headers), `${Webhook.name} with ${secret}`);
      assert.throws(() => new Webhook(secret).verify(body + " ", headers));
    }
  for (const Webhook of [StandardWebhook, SvixWebhook])
    assert.throws(() => new Webhook("whsec_b3RoZXJvdGhlcm90aGVyb3RoZXI=").verify(body, headers));
}

for (const [secret, old, accepted] of /** @type {[string, string, string[]][]} */ ([
  [`whsec_${FIRST}`, "", [FIRST, `whsec_${FIRST}`]],
  [SECOND, "", [SECOND, `whsec_${SECOND}`]],
  [FIRST, `whsec_${SECOND}`, [FIRST, SECOND, `whsec_${FIRST}`, `whsec_${SECOND}`]],
]))
  test(`natively, with ${secret} and ${old || "no old one"}`, async () => {
    await apple.show("fine");
    posts.length = 0;
    const serve = await start(
      backupcheck(),
      ["serve", "-addr", `127.0.0.1:${await freePort()}`, "-origin", apple.origin, "-refresh", "100ms"],
      /Backup Check is at/,
      { cwd: scratch, env: { WEBHOOK_URL: address, WEBHOOK_SECRET: secret, ...(old && { WEBHOOK_SECRET_OLD: old }) } },
    );
    await pause(1500); // the history has whole seconds
    await apple.show("outage");
    await eventually(() => posts.length > 0, 15_000, "a post");
    await serve.stop();
    verify(accepted);
  });

test("at the edge, and that Apple can't be read for over an hour is posted once", async () => {
  await apple.show("fine");
  posts.length = 0;
  const worker = await wranglerDev(countingBuild(), {
    APPLE_ORIGIN: apple.origin,
    REFRESH_SECONDS: "0.5",
    WEBHOOK_URL: address,
    WEBHOOK_SECRET: SECOND,
    WEBHOOK_SECRET_OLD: `whsec_${FIRST}`,
  });
  await worker.cron();
  await pause(1500);
  await apple.show("outage");
  await eventually(async () => (await worker.cron(), posts.length > 0), 15_000, "a post");
  verify([FIRST, SECOND, `whsec_${FIRST}`, `whsec_${SECOND}`]);

  posts.length = 0;
  await apple.fault("403");
  const clock = (/** @type {number} */ minutes) => fetch(`${worker.origin}/__clock?ms=${minutes * 60_000}`);
  for (const minutes of [30, 59]) {
    await clock(minutes);
    await worker.cron();
  }
  assert.equal(posts.length, 0);
  assert.equal((await fetch(`${worker.origin}/healthz`)).status, 200);
  for (const minutes of [62, 63, 64, 90]) {
    await clock(minutes);
    await worker.cron();
  }
  assert.equal(posts.length, 1);
  const body = JSON.parse(posts.map((post) => post.body).join());
  assert.deepEqual([body.event, body.level, body.previous], ["reading", "unknown", "outage"]);
  assert.match(body.text, /^Apple's status of iCloud Backup can't be read since /);
  const health = await fetch(`${worker.origin}/healthz?later`);
  assert.equal(health.status, 503);
  assert.match(/** @type {any} */ (await health.json()).problems.join(), /^Apple's status can't be read since /);
  assert.equal((await fetch(`${worker.origin}/livez`)).status, 200);
  assert.equal(worker.running.output.split("Apple's status can't be read").length, 2, "one line in the log");
  await clock(62 + 24 * 60 + 1);
  await worker.cron();
  assert.equal(posts.length, 2);

  await apple.fault("");
  await clock(62 + 24 * 60 + 2);
  await worker.cron();
  assert.equal((await status(worker.origin)).level, "outage");
  assert.equal((await fetch(`${worker.origin}/healthz?again`)).status, 200);
  await worker.stop();
});

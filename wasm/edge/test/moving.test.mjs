// @ts-check
// History moves between SQLite and D1, both ways, by the commands that
// docs/operations.md describes.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  backupcheck,
  build,
  d1,
  eventually,
  freePort,
  history,
  pause,
  playApple,
  scratch,
  start,
  wranglerDev,
} from "./harness.mjs";

/** @param {string[]} args */
const native = (...args) => execFileSync(backupcheck(), args, { cwd: scratch, encoding: "utf8" });

/** What of a history must survive. @param {import("./harness.mjs").History} h */
const essence = ({ changes, incidents }) => ({
  changes,
  incidents: incidents.map(({ id, state, worst_level, started_at, first_seen_at }) => [
    id,
    state,
    worst_level,
    started_at,
    first_seen_at,
  ]),
});

test("from serve to D1, on there, and back", async () => {
  const apple = await playApple();
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const serve = await start(
    backupcheck(),
    [
      "serve",
      "-addr",
      `127.0.0.1:${port}`,
      "-origin",
      apple.origin,
      "-refresh",
      "200ms",
      "-db",
      join(scratch, "serve.db"),
    ],
    /Backup Check is at/,
    { cwd: scratch },
  );
  /** @param {string} address @param {number} changes */
  const recorded = (address, changes) =>
    eventually(async () => {
      const h = await history(address);
      return h.changes.length === changes ? h : undefined;
    }, 20_000);
  await recorded(origin, 1);
  await pause(1100); // the history has whole seconds
  await apple.show("outage");
  const before = await recorded(origin, 2);
  native("history", "backup", "-db", "serve.db", "copy.db");
  await serve.stop();

  native("history", "export", "-db", "copy.db", "history.sql");
  const vars = { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.5" };
  let worker = await wranglerDev(build().dir, vars);
  await worker.cron(); // makes the tables, and one record of its own
  await worker.stop();
  for (let n = 0; n < 2; n++)
    d1(build().dir, worker.state, "execute", "backup-check", "--file", join(scratch, "history.sql"));
  worker = await wranglerDev(build().dir, vars, worker.state);
  const moved = await history(worker.origin);
  assert.deepEqual(essence(moved).incidents, essence(before).incidents);
  assert.deepEqual(
    moved.changes.slice(0, 2).map((c) => c.level),
    ["operational", "outage"],
  );
  await pause(1100);
  await apple.show("recovered");
  await eventually(async () => {
    await worker.cron();
    return (await history(worker.origin)).changes.at(-1)?.level === "operational";
  }, 20_000);
  const after = await history(worker.origin);
  await worker.stop();

  d1(build().dir, worker.state, "export", "backup-check", "--output", join(scratch, "d1.sql"));
  assert.match(native("history", "import", "-db", "back.db", "d1.sql"), /imported from d1\.sql/);
  const at = new Date().toISOString();
  const back = JSON.parse(native("history", "-db", "back.db", "-days", "3", "-json", "-at", at));
  assert.deepEqual(essence(back), essence(after));
  await apple.stop();
});

test("an empty D1 database becomes a history", async () => {
  writeFileSync(join(scratch, "empty.sql"), native("history", "export", "-db", "back.db"));
  const worker = await wranglerDev(build().dir, {});
  await worker.stop();
  d1(build().dir, worker.state, "execute", "backup-check", "--file", join(scratch, "empty.sql"));
  const again = await wranglerDev(build().dir, {}, worker.state);
  try {
    assert.ok((await history(again.origin)).changes.length >= 3);
  } finally {
    await again.stop();
  }
});

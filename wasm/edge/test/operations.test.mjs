// @ts-check
// Runs the commands of docs/operations.md: locally, or as far as they go without
// an account.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  backupcheck,
  build,
  d1,
  freePort,
  playApple,
  root,
  scratch,
  start,
  wrangler,
  wranglerConfig,
  wranglerDev,
} from "./harness.mjs";

const docs = readFileSync(join(root, "docs/operations.md"), "utf8");

/** The commands in blocks of sh, and those in the text that begin with a program. */
function commands() {
  const blocks = [...docs.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, text]) => text.trim().split("\n"));
  const inline = [...docs.matchAll(/`((?:npx wrangler|dist\/backupcheck|go run|docker|npm run) [^`]*)`/g)].map(
    ([, text]) => text,
  );
  const all = [...blocks, ...inline].map((line) => line.replace(/\s+#.*/, "").trim());
  return [...new Set(all)];
}

/** @param {string[]} args @param {import("node:child_process").SpawnSyncOptions} [options] */
function run(args, options) {
  const { status, stdout, stderr } = spawnSync(args[0], args.slice(1), { cwd: root, encoding: "utf8", ...options });
  return { status, output: `${stdout}${stderr}` };
}

/** Parses a command of wrangler: without an account it ends by asking for one. @param {string[]} args */
function withoutAccount(...args) {
  const dir = build().dir;
  const { output } = run([wrangler, ...args, "--config", wranglerConfig(dir)], {
    env: { ...process.env, CI: "1", CLOUDFLARE_API_TOKEN: "", HOME: scratch },
    input: "secret\n",
    timeout: 60_000,
  });
  assert.match(output, /CLOUDFLARE_API_TOKEN|not logged in|necessary to set/i, args.join(" "));
  assert.doesNotMatch(output, /Unknown argument|Not enough/, args.join(" "));
}

const native = (/** @type {string[]} */ ...args) =>
  execFileSync(backupcheck(), args, { cwd: scratch, encoding: "utf8" });

/** A command, and what runs of it here. Commands of this file's own tests are marked "below". @type {Record<string, (() => unknown) | string>} */
const table = {
  "npm ci": "this test runs after it",
  "npm test": "this is a part of it",
  "npm run build:native": "cmd/backupcheck/native_test.go",
  "npx wrangler login": () => assert.match(run([wrangler, "login", "--help"]).output, /wrangler login/),
  'npx wrangler deploy --env ""': "below",
  'npx wrangler deploy --env "" --dry-run': "below",
  "npx wrangler deploy --env staging": "below",
  'npx wrangler secret put WEBHOOK_URL --env ""': () => withoutAccount("secret", "put", "WEBHOOK_URL", "--env", ""),
  'npx wrangler secret put WEBHOOK_SECRET --env ""': () =>
    withoutAccount("secret", "put", "WEBHOOK_SECRET", "--env", ""),
  'npx wrangler secret list --env ""': () => withoutAccount("secret", "list", "--env", ""),
  'npx wrangler secret delete WEBHOOK_SECRET_OLD --env ""': () =>
    withoutAccount("secret", "delete", "WEBHOOK_SECRET_OLD", "--env", ""),
  'npx wrangler deployments list --env ""': () => withoutAccount("deployments", "list", "--env", ""),
  'npx wrangler rollback --env ""': () => withoutAccount("rollback", "--env", ""),
  "npx wrangler d1 time-travel info backup-check": () => withoutAccount("d1", "time-travel", "info", "backup-check"),
  "npx wrangler d1 time-travel restore backup-check --timestamp 2026-11-22T06:00:00Z": () =>
    withoutAccount("d1", "time-travel", "restore", "backup-check", "--timestamp", "2026-11-22T06:00:00Z"),
  "dist/backupcheck serve -db backupcheck.db": "below",
  "dist/backupcheck history backup -db backupcheck.db copy.db": "below",
  "dist/backupcheck history export -db backupcheck.db history.sql": "below",
  "dist/backupcheck history import -db backupcheck.db copy.db history.sql d1.sql": "below",
  "npx wrangler d1 export backup-check --remote --output d1.sql": "below",
  "npx wrangler d1 execute backup-check --remote --file history.sql": "below",
  "go run ./cmd/backupcheck build -native -target linux/arm64": "cmd/backupcheck/native_test.go, for this machine",
  "docker build -f cmd/backupcheck/Dockerfile -t backupcheck .": "needs an engine",
  "docker run -p 8787:8787 -v backupcheck:/data backupcheck": "needs an engine",
  "npm run scale": "cmd/scale has tests of its own",
};

test("each command of the documentation is known here", () => {
  const others = /^go run \.\/cmd\/backupcheck (status|history|replay|build|sequence)\b/; // tests of cmd/backupcheck
  const unknown = commands().filter((command) => !others.test(command) && !(command in table));
  assert.deepEqual(unknown, []);
  const missing = Object.keys(table).filter(
    (command) => !docs.includes(command) && !/^npm (test|run scale)/.test(command),
  );
  assert.deepEqual(missing, []);
});

for (const [command, how] of Object.entries(table)) if (typeof how === "function") test(command, () => void how());

/** Deploys without uploading, and returns the bindings that wrangler lists. @param {string} env */
function dryRun(env) {
  const dir = build().dir;
  const { status, output } = run([wrangler, "deploy", "--dry-run", "--env", env, "--config", wranglerConfig(dir)]);
  assert.equal(status, 0, output);
  return output;
}

test("production and staging have a database each", () => {
  const production = dryRun(""),
    staging = dryRun("staging");
  assert.match(production, /env\.DB \(backup-check\)/);
  assert.match(staging, /env\.DB \(backup-check-staging\)/);
  assert.doesNotMatch(staging, /\(backup-check\)/);
  for (const output of [production, staging]) {
    assert.match(output, /env\.APPLE_ORIGIN \("https:\/\/www\.apple\.com"\)/);
    assert.doesNotMatch(output, /WARNING/);
  }
});

test("the native program's commands, and those that move the history to D1", async () => {
  const apple = await playApple();
  const serve = await start(
    backupcheck(),
    [
      "serve",
      "-db",
      "backupcheck.db",
      "-addr",
      `127.0.0.1:${await freePort()}`,
      "-origin",
      apple.origin,
      "-refresh",
      "100ms",
    ],
    /Backup Check is at/,
    { cwd: scratch },
  );
  await new Promise((done) => setTimeout(done, 2_000));
  native("history", "backup", "-db", "backupcheck.db", "copy.db");
  await serve.stop();
  native("history", "export", "-db", "backupcheck.db", "history.sql");
  const worker = await wranglerDev(build().dir, { APPLE_ORIGIN: apple.origin });
  await worker.cron();
  await Promise.all([worker.stop(), apple.stop()]);
  d1(build().dir, worker.state, "execute", "backup-check", "--file", join(scratch, "history.sql"));
  d1(build().dir, worker.state, "export", "backup-check", "--output", join(scratch, "d1.sql"));
  const printed = native("history", "import", "-db", "backupcheck.db", "copy.db", "history.sql", "d1.sql");
  assert.equal(printed.split("imported from").length, 4, printed);
});

test("the unit for systemd is valid", (t) => {
  if (spawnSync("systemd-analyze", ["--version"]).status !== 0) return t.skip("there is no systemd here");
  const unit = readFileSync(join(root, "cmd/backupcheck/backupcheck.service"), "utf8");
  const path = join(scratch, "backupcheck.service");
  writeFileSync(path, unit.replace("/usr/local/bin/backupcheck", backupcheck())); // it must exist
  const { status, output } = run(["systemd-analyze", "verify", "--man=no", path]);
  assert.equal(status, 0, output);
  assert.doesNotMatch(output, /backupcheck\.service/);
  // The flags of the unit and of the image are those of serve.
  const help = native("serve", "-h");
  for (const text of [unit, readFileSync(join(root, "cmd/backupcheck/Dockerfile"), "utf8")])
    for (const [, flag] of text.matchAll(/[ "](-(?:addr|db|log|public-url|trusted-proxy))[ "]/g))
      assert.match(help, new RegExp(`^  ${flag} `, "m"));
});

test("the image copies what exists", () => {
  const dockerfile = readFileSync(join(root, "cmd/backupcheck/Dockerfile"), "utf8");
  for (const [, files] of dockerfile.matchAll(/^COPY (?!--)(.+) \S+$/gm))
    for (const file of files.split(" ")) assert.ok(existsSync(join(root, file)), file);
  const go = /^go (\d+\.\d+)/m.exec(readFileSync(join(root, "go.mod"), "utf8"))?.[1];
  assert.match(dockerfile, new RegExp(`^FROM golang:${go}-`, "m"));
});

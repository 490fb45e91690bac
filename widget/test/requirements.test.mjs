// @ts-check
// The end-to-end tests install nothing without BACKUPCHECK_INSTALL, and list
// what they install.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("./requirements.mjs", import.meta.url));
/** A PATH with no browser, whose apt-get only records how it was called. */
const path = mkdtempSync(join(tmpdir(), "backup-check-path-"));
const calls = join(path, "calls");
symlinkSync("/bin/sh", join(path, "sh"));
writeFileSync(join(path, "apt-get"), `#!/bin/sh\necho "$*" >> ${calls}\n`, { mode: 0o755 });
beforeEach(() => rmSync(calls, { force: true }));
after(() => rmSync(path, { recursive: true, force: true }));

/** @param {Record<string, string>} env */
const run = (env) => spawnSync(process.execPath, [script], { encoding: "utf8", env: { PATH: path, ...env } });

test("without BACKUPCHECK_INSTALL it fails with the command to run, and installs nothing", () => {
  for (const env of /** @type {Record<string, string>[]} */ ([
    {},
    { BACKUPCHECK_INSTALL: "" },
    { BACKUPCHECK_INSTALL: "0" },
  ])) {
    const { status, stderr } = run(env);
    assert.equal(status, 1);
    assert.match(
      stderr,
      /: sudo apt-get install chromium chromium-driver fontconfig fonts-noto-cjk fonts-noto-core poppler-utils webkit2gtk-driver xvfb xauth firefox-esr\n$/,
    );
    assert.equal(existsSync(calls), false);
  }
});

test(
  "with it, it names the packages, installs them and fails if they are still missing",
  { skip: process.getuid?.() !== 0 && "SKIPPED: only root can install" },
  () => {
    const { status, stderr } = run({ BACKUPCHECK_INSTALL: "1" });
    assert.match(
      stderr,
      /^Installing by apt-get .*: chromium, chromium-driver, fontconfig, fonts-noto-cjk, fonts-noto-core, poppler-utils, webkit2gtk-driver, xvfb, xauth, firefox-esr\n/,
    );
    assert.match(
      readFileSync(calls, "utf8"),
      /install .*chromium chromium-driver fontconfig fonts-noto-cjk fonts-noto-core poppler-utils webkit2gtk-driver xvfb xauth firefox-esr\n$/,
    );
    assert.equal(status, 1);
  },
);

test("with it and without apt-get it fails with the command to run", () => {
  const { status, stderr } = run({ BACKUPCHECK_INSTALL: "1", PATH: "/nowhere" });
  assert.equal(status, 1);
  assert.match(stderr, /sudo apt-get install/);
});

// @ts-check
// WordPress, of Debian's package, with a database and a server of its own in a temporary folder.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort, scratch, start } from "../../../wasm/edge/test/harness.mjs";
import { consoleRecorder } from "../fixture.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/**
 * Installs a site, publishes its pages, and serves them.
 * @param {string} worker the Worker's origin
 */
export async function startWordPress(worker) {
  const folder = mkdtempSync(join(scratch, "wordpress-"));
  const [site, data, socket] = ["site", "data", "socket"].map((name) => join(folder, name));
  const port = await freePort();
  const env = {
    TEST_SITE: `http://localhost:${port}`,
    TEST_SOCKET: socket,
    TEST_WORKER: worker,
    TEST_HEAD: consoleRecorder,
  };

  const options = ["--no-defaults", `--datadir=${data}`, ...(process.getuid?.() === 0 ? ["--user=root"] : [])];
  execFileSync("mariadb-install-db", [...options, "--auth-root-authentication-method=normal", "--skip-test-db"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const database = await start(
    "mariadbd",
    [...options, `--socket=${socket}`, "--skip-networking"],
    /ready for connections/,
  );
  try {
    const statement = "CREATE DATABASE wordpress";
    execFileSync("mariadb", ["--no-defaults", `--socket=${socket}`, "--user=root", `--execute=${statement}`]);
    // Debian's files are links to other packages' in part, and get their configuration from /etc.
    cpSync("/usr/share/wordpress", site, { recursive: true, dereference: true });
    cpSync(join(here, "wordpress"), site, { recursive: true });
    const printed = execFileSync("php", ["install.php"], {
      cwd: site,
      env: { ...process.env, ...env },
      encoding: "utf8",
    });
    const server = await start("php", ["-S", `127.0.0.1:${port}`], /Development Server .* started/, { cwd: site, env });
    return {
      /** The addresses of the pages. @type {Record<string, string>} */
      pages: JSON.parse(printed),
      async stop() {
        await Promise.all([server.stop(), database.stop()]);
      },
    };
  } catch (error) {
    await database.stop();
    throw error;
  }
}

// @ts-check
// Builds a small site with each framework, and serves it. Its sources are in the
// folder of that name, and have PLACEHOLDER for the Worker's origin.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { consoleRecorder } from "../fixture.mjs";

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));
const PLACEHOLDER = "https://worker.example";

/**
 * @typedef {object} App
 * @property {string[]} command what builds it
 * @property {string} out where the built site is then
 * @property {string} [env] React and Vue warn, and StrictMode does things twice, in development alone
 */

/** @type {Record<string, App>} */
export const apps = {
  react: { command: ["vite", "build", "--mode", "development"], out: "dist", env: "development" },
  vue: { command: ["vite", "build", "--mode", "development"], out: "dist", env: "development" },
  next: { command: ["next", "build"], out: "out" },
  vitepress: { command: ["vitepress", "build"], out: ".vitepress/dist" },
  docusaurus: { command: ["docusaurus", "build"], out: "build" },
  astro: { command: ["astro", "build"], out: "dist" },
};

/** @param {string} path a file or a folder @returns {string} what is in it */
function content(path) {
  if (!statSync(path).isDirectory()) return readFileSync(path, "utf8");
  return readdirSync(path)
    .map((name) => name + content(join(path, name)))
    .join();
}

/**
 * Acts unless it was done before with the same input. Installing and building take minutes.
 * @param {string} done the file that says what it was done with
 * @param {string} input
 * @param {() => Promise<void>} act
 */
async function once(done, input, act) {
  const key = createHash("sha256").update(input).digest("hex");
  if (existsSync(done) && readFileSync(done, "utf8") === key) return;
  await act();
  writeFileSync(done, key);
}

const lock = join(here, "package-lock.json");

/** Installs the frameworks. */
export const install = () =>
  once(join(here, "node_modules/.done"), content(lock), async () => {
    console.error("Installing the frameworks from npm");
    await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: here });
  });

/** Builds an app, and returns the folder of its site. @param {string} name */
export async function buildApp(name) {
  const { command, out, env = "production" } = apps[name];
  const [source, copy] = [join(here, name), join(here, "build", name)];
  await once(`${copy}.done`, JSON.stringify(apps[name]) + content(lock) + content(source), async () => {
    rmSync(copy, { recursive: true, force: true });
    cpSync(source, copy, { recursive: true });
    const [program, ...args] = command;
    await run(join(here, "node_modules/.bin", program), args, {
      cwd: copy,
      timeout: 240_000,
      env: {
        ...process.env,
        NODE_ENV: env,
        NEXT_TELEMETRY_DISABLED: "1",
        ASTRO_TELEMETRY_DISABLED: "1",
        NO_UPDATE_NOTIFIER: "1",
      },
    }).catch((error) => {
      throw new Error(`${error.message}\n${error.stdout}`);
    });
  });
  return join(copy, out);
}

/** @type {Record<string, string>} */
const types = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
};

/**
 * Serves a built site, as a server of files does that has the app for all other addresses.
 * @param {string} folder
 * @param {string} worker the Worker's origin
 */
export async function serve(folder, worker) {
  const server = createServer((request, response) => {
    const path = join(folder, new URL(request.url ?? "/", "http://localhost").pathname);
    const file = [path, `${path}.html`, join(path, "index.html"), join(folder, "index.html")].find(
      (name) => existsSync(name) && statSync(name).isFile(),
    );
    const type = file && types[extname(file)];
    if (!file || (extname(path) && !file.startsWith(path))) return response.writeHead(404).end();
    if (!type) return response.end(readFileSync(file));
    const text = readFileSync(file, "utf8").replaceAll(PLACEHOLDER, worker);
    response.setHeader("Content-Type", type);
    response.end(type.startsWith("text/html") ? text.replace(/<head[^>]*>/, `$&${consoleRecorder}`) : text);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
  return {
    origin: `http://localhost:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

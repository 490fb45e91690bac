// @ts-check
// Starts the programs of the end-to-end tests: a simulated Apple (`backupcheck
// replay`), and the Worker in real workerd, bare or under wrangler.

import { spawn, execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
const require = createRequire(import.meta.url);

/** A temporary folder, removed when the process exits. */
export const scratch = mkdtempSync(join(tmpdir(), "backup-check-"));
/** @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set();
process.on("exit", () => {
  for (const child of children) kill(child);
  rmSync(scratch, { recursive: true, force: true });
});

/** @param {import("node:child_process").ChildProcess} child */
function kill(child) {
  try {
    if (child.pid) process.kill(-child.pid, "SIGKILL");
  } catch {
    // it has exited already
  }
}

/** @returns {Promise<number>} */
export function freePort() {
  return new Promise((done, failed) => {
    const server = createServer().once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => done(port));
    });
  });
}

/**
 * Finds recordings of Apple's data, which are not part of the project, as
 * package status/apple/fixtures does: in the folder BACKUPCHECK_FIXTURES, or in
 * ../shared/fixtures beside the project where that exists. If the variable is
 * set, a missing path is an error.
 *
 * @param {string} path below that folder
 * @returns {{path: string, skip: string | false}} skip is the option of node:test
 */
export function fixtures(path) {
  const dir = process.env.BACKUPCHECK_FIXTURES;
  const full = resolve(root, dir || "../shared/fixtures", path);
  if (existsSync(full)) return { path: full, skip: false };
  if (dir) throw new Error(`BACKUPCHECK_FIXTURES is set, but there is no ${full}`);
  return {
    path: full,
    skip: "SKIPPED: no recordings of Apple's data here; set BACKUPCHECK_FIXTURES to their folder",
  };
}

/** @param {number} ms */
export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/**
 * Calls until the result is truthy, and returns it. A call that throws is
 * repeated, too. Use it for a condition that isn't true yet: one that is true
 * from the start tests nothing.
 *
 * @template T
 * @param {() => Promise<T> | T} call
 * @param {number} [within] milliseconds
 * @param {string} [what]
 * @returns {Promise<NonNullable<T>>}
 */
export async function eventually(call, within = 10_000, what = "the condition") {
  const end = Date.now() + within;
  /** @type {unknown} */
  let last;
  do {
    try {
      const result = await call();
      if (result) return /** @type {NonNullable<T>} */ (result);
      last = result;
    } catch (error) {
      last = error;
    }
    await pause(50);
  } while (Date.now() < end);
  throw new Error(`${what} wasn't met within ${within} ms; last: ${last}`);
}

/**
 * Starts a program in its own process group, and waits until its output matches.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {RegExp} ready
 * @param {{cwd?: string, env?: Record<string, string>}} [options]
 */
export async function start(command, args, ready, options = {}) {
  const child = spawn(command, args, {
    cwd: root,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    ...options,
    env: { ...process.env, ...options.env },
  });
  children.add(child);
  const running = {
    pid: /** @type {number} */ (child.pid),
    output: "",
    /** Kills the program and its child processes. */
    async stop() {
      children.delete(child);
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.ref();
      const ended = new Promise((done) => child.once("exit", done));
      kill(child);
      await ended;
    },
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => (running.output += text));
    // Without unref, a test that failed before it stopped its programs would hang.
    /** @type {import("node:net").Socket} */ (stream).unref();
  }
  child.unref();
  const exited = () => child.exitCode !== null || child.signalCode !== null;
  const what = `${command} ${args.join(" ")}`;
  try {
    await eventually(() => ready.test(running.output) || exited(), 120_000, what);
    if (exited()) throw new Error(`${what} has exited`);
  } catch (error) {
    await running.stop();
    throw new Error(`${/** @type {Error} */ (error).message}\n${running.output}`);
  }
  return running;
}

/** Where programs are compiled to: for one file of tests, or for all of them, which takes minutes less. */
const builds = process.env.BACKUPCHECK_BUILDS ? resolve(root, process.env.BACKUPCHECK_BUILDS) : scratch;
mkdirSync(builds, { recursive: true });

/** Compiles the native program, once, and returns its path. */
export function backupcheck() {
  const program = join(builds, "backupcheck");
  if (!existsSync(program)) {
    execFileSync("go", ["build", "-o", `${program}-new`, "./cmd/backupcheck"], { cwd: root, stdio: "inherit" });
    renameSync(`${program}-new`, program);
  }
  return program;
}

/**
 * Builds the files that wrangler uploads, once for each set of tags.
 * @param {"" | "faulty"} [tags] "faulty" adds addresses that make Go fail
 */
export function build(tags = "") {
  const dir = join(builds, `build-${tags}`),
    report = `${dir}.txt`;
  if (!existsSync(report)) {
    const sizes = execFileSync(backupcheck(), ["build", "-o", dir, "-tags", tags], { cwd: root, encoding: "utf8" });
    writeFileSync(report, sizes);
  }
  return { dir, sizes: readFileSync(report, "utf8") };
}

/**
 * Starts a simulated Apple.
 * @param {string[]} [args] recordings and flags of `backupcheck replay`
 */
export async function playApple(args = []) {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const running = await start(backupcheck(), ["replay", "-addr", `127.0.0.1:${port}`, ...args], /\/_replay\//);
  /** @param {string} action */
  const post = async (action) => {
    const response = await fetch(`${origin}/_replay/${action}`, { method: "POST" });
    if (!response.ok) throw new Error(await response.text());
  };
  return {
    origin,
    stop: running.stop,
    /** @param {string} name */
    show: (name) => post(`show?name=${encodeURIComponent(name)}`),
    /** @param {string} name @param {string} [on] */
    fault: (name, on = "both") => post(`fault?name=${encodeURIComponent(name)}&on=${on}`),
    /** @returns {Promise<{pages: number, feeds: number, recordings: string[]}>} */
    state: async () => (await fetch(`${origin}/_replay/state`)).json(),
  };
}

/**
 * Starts the Worker in bare workerd. It starts faster than under wrangler, but
 * has D1 and the Cache API only as fakes, and static files only for the Worker.
 *
 * @param {string} dir a build
 * @param {Record<string, string>} vars
 * @param {{database?: string, cache?: string, assets?: boolean, isolates?: number}} [options] addresses of fakes.mjs's
 * for the binding DB and the Cache API; whether there is the binding ASSETS; how many isolates of the Worker share
 * them, each with an origin of its own
 */
export async function workerd(dir, vars, { database, cache, assets, isolates = 1 } = {}) {
  const ports = await Promise.all(Array.from({ length: isolates }, freePort));
  const [port] = ports;
  const bindings = Object.entries(vars).map(
    ([name, text]) => `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(text)})`,
  );
  if (database)
    bindings.push(
      '(name = "DB", wrapped = (moduleName = "cloudflare-internal:d1-api", innerBindings = [(name = "fetcher", service = "database")]))',
    );
  if (assets) bindings.push('(name = "ASSETS", service = "assets")');
  const config = join(dir, `workerd-${port}.capnp`);
  const date = /compatibility_date = "(.*)"/.exec(readFileSync(join(root, "wrangler.toml"), "utf8"))?.[1];
  writeFileSync(
    config,
    `
    using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (
      services = [
        ${ports.map((port) => `(name = "main-${port}", worker = .worker),`).join("\n        ")}
        ${database ? `(name = "database", external = (address = "${database}", http = ())),` : ""}
        ${assets ? `(name = "assets", disk = (path = ${JSON.stringify(join(dir, "assets"))})),` : ""}
        ${cache ? `(name = "cache", external = (address = "${cache}", http = ())),` : ""}
        (name = "internet", network = (allow = ["public", "private", "local"], tlsOptions = (trustBrowserCas = true))),
      ],
      sockets = [
        ${ports.map((port) => `(name = "http-${port}", address = "127.0.0.1:${port}", http = (), service = "main-${port}"),`).join("\n        ")}
      ],
    );
    const worker :Workerd.Worker = (
      modules = [
        (name = "entry_for_tests.mjs", esModule = ${JSON.stringify(entryForTests)}),
        ${workerModules(dir)
          .map((name) => `(name = "${name}", ${name.endsWith(".wasm") ? "wasm" : "esModule"} = embed "${name}"),`)
          .join("\n        ")}
      ],
      bindings = [${bindings.join(", ")}],
      compatibilityDate = ${JSON.stringify(date)},
      ${cache ? 'cacheApiOutbound = "cache",' : ""}
    );
  `,
  );
  const binary = join(
    dirname(
      require.resolve(
        `@cloudflare/workerd-${process.platform}-${process.arch === "x64" ? "64" : process.arch}/package.json`,
      ),
    ),
    "bin/workerd",
  );
  const running = await start(binary, ["serve", "--verbose", config], /|/);
  const origin = `http://127.0.0.1:${port}`;
  await eventually(
    () =>
      new Promise((done) => {
        // Connects without sending a request, so that the isolate stays cold.
        const socket = require("node:net")
          .connect(port, "127.0.0.1", () => (socket.destroy(), done(true)))
          .on("error", () => done(false));
      }),
    60_000,
    "workerd",
  );
  return {
    origin,
    /** Of all isolates. */
    origins: ports.map((port) => `http://127.0.0.1:${port}`),
    running,
    stop: running.stop,
    cron: () => cron(origin),
    /** Sets the Worker's clock. @param {number} ms offset from the machine's clock */
    clock: async (ms) => (await fetch(`${origin}/__clock?ms=${ms}`)).text(),
    /** How often the Go program was started. */
    boots: () => running.output.split("the Go program started").length - 1,
  };
}

/**
 * The modules of a build, the entry module first.
 * @param {string} dir
 */
export function workerModules(dir) {
  const modules = readdirSync(dir).filter((name) => /\.(mjs|js|wasm)$/.test(name) && name !== "worker.mjs");
  return ["worker.mjs", ...modules];
}

// Lets a test set the clock of a module.
const settableClock = `
  const Clock = Date;
  let offset = 0;
  globalThis.Date = class extends Clock {
    constructor(...time) {
      if (time.length) super(...time);
      else super(Clock.now() + offset);
    }
    static now() { return Clock.now() + offset; }
  };
  function setClock(request) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname !== "/__clock") return;
    offset = Number(searchParams.get("ms"));
    return new Response(new Date().toISOString());
  }`;

// Bare workerd can't run a cron trigger on request, so this module serves the
// address that wrangler dev has for it.
const entryForTests = `
  import worker from "./worker.mjs";
  ${settableClock}
  export default {
    async fetch(request, env, ctx) {
      const { pathname } = new URL(request.url);
      if (pathname !== "/__scheduled") return setClock(request) ?? worker.fetch(request, env, ctx);
      await worker.scheduled({}, env, ctx);
      return new Response("ran");
    },
  };`;

/**
 * Runs the cron trigger, and waits until it is done.
 * @param {string} origin
 */
async function cron(origin) {
  const response = await fetch(`${origin}/__scheduled?cron=*+*+*+*+*`, { signal: AbortSignal.timeout(60_000) });
  const text = await response.text();
  if (!response.ok) throw new Error(`the cron trigger returned ${response.status}: ${text}`);
}

/**
 * Sends a request each second while the test's process runs. About once in 300
 * page loads, wrangler dev 4.86.0 leaves a browser's request for a static file
 * without a response until another request arrives.
 *
 * @param {string} origin
 */
export function unblock(origin) {
  setInterval(() => fetch(`${origin}/healthz`).catch(() => {}), 1_000).unref();
}

/**
 * Starts the Worker under `wrangler dev`, from an existing build.
 *
 * @param {string} dir a build
 * @param {Record<string, string>} vars
 * @param {string} [state] folder of D1 and the Cache API, to be used again
 */
export async function wranglerDev(dir, vars, state = mkdtempSync(join(scratch, "state-"))) {
  const port = await freePort();
  const config = wranglerConfig(dir);
  const running = await start(
    wrangler,
    [
      "dev",
      "--config",
      config,
      "--ip",
      "127.0.0.1",
      "--port",
      String(port),
      "--inspector-port",
      String(await freePort()),
      "--persist-to",
      state,
      "--show-interactive-dev-session=false",
      "--test-scheduled",
      ...Object.entries(vars).flatMap(([name, value]) => ["--var", `${name}:${value}`]),
    ],
    /Ready on/,
    { env: { WRANGLER_LOG: "log" } },
  );
  const origin = `http://127.0.0.1:${port}`;
  return { origin, running, state, stop: running.stop, cron: () => cron(origin) };
}

const programs = join(root, "node_modules/.bin");
/** Runs on the Node of package.json, which may be newer than the one that runs the tests. */
export const wrangler = join(programs, "wrangler");
process.env.PATH = `${programs}:${process.env.PATH}`;

/**
 * Returns a build for wrangler whose Worker reports at /__d1 what it did in D1 since
 * the last call, and whose clock a test can set.
 */
export function countingBuild() {
  const dir = mkdtempSync(join(scratch, "build-counting-"));
  cpSync(build().dir, dir, { recursive: true });
  renameSync(join(dir, "worker.mjs"), join(dir, "counted.mjs"));
  writeFileSync(
    join(dir, "worker.mjs"),
    `
    import worker from "./counted.mjs";
    ${settableClock}
    let counts;
    const reset = () => (counts = { statements: 0, rowsRead: 0, rowsWritten: 0 });
    reset();
    async function count(running) {
      const result = await running;
      counts.statements++;
      counts.rowsRead += result.meta.rows_read;
      counts.rowsWritten += result.meta.rows_written;
      return result;
    }
    const counting = (env) => ({
      ...env,
      DB: {
        prepare: (text) => ({
          bind(...values) {
            const statement = env.DB.prepare(text).bind(...values);
            return {
              run: () => count(statement.run()),
              async raw() {
                const { results } = await count(statement.all());
                return [Object.keys(results[0] ?? {}), ...results.map(Object.values)];
              },
            };
          },
        }),
      },
    });
    export default {
      async fetch(request, env, ctx) {
        if (new URL(request.url).pathname !== "/__d1") return setClock(request) ?? worker.fetch(request, counting(env), ctx);
        const response = Response.json(counts);
        reset();
        return response;
      },
      scheduled: (controller, env, ctx) => worker.scheduled(controller, counting(env), ctx),
    };`,
  );
  return dir;
}

/**
 * Applies the migrations with wrangler, and returns its output.
 * @param {string} dir a build
 * @param {string} state
 */
export const migrate = (dir, state) => d1(dir, state, "migrations", "apply", "DB");

/**
 * Runs a command of wrangler d1 with the local database, and returns its output.
 * @param {string} dir a build
 * @param {string} state
 * @param {string[]} args
 */
export function d1(dir, state, ...args) {
  let place = ["--config", wranglerConfig(dir), "--persist-to", state];
  if (args[0] === "export") {
    // It looks for the database below the folder of the configuration.
    const home = mkdtempSync(join(scratch, "config-"));
    mkdirSync(join(home, ".wrangler"));
    symlinkSync(state, join(home, ".wrangler/state"));
    place = ["--config", wranglerConfig(dir, home)];
  }
  return execFileSync(wrangler, ["d1", ...args, "--local", ...place], { cwd: root, encoding: "utf8" });
}

/**
 * Writes the project's wrangler.toml for an existing build, and returns its path.
 * @param {string} dir
 * @param {string} [to] folder
 */
export function wranglerConfig(dir, to = dir) {
  const config = join(to, "wrangler.toml");
  writeFileSync(
    config,
    readFileSync(join(root, "wrangler.toml"), "utf8")
      .replace(/\[build\]\n(?:.+\n)*/, "")
      .replace('"build/worker.mjs"', JSON.stringify(join(dir, "worker.mjs")))
      .replace('"build/assets"', JSON.stringify(join(dir, "assets")))
      .replaceAll('"status/history/migrations"', JSON.stringify(join(root, "status/history/migrations"))),
  );
  return config;
}

/**
 * @typedef {object} Status the part of the body of /api/status that tests use
 * @property {string} service
 * @property {string} level
 * @property {boolean} down
 * @property {boolean} recovered
 * @property {string} summary
 * @property {string | null} checked_at
 * @property {boolean} stale
 * @property {{level: string, checked_at: string} | null} last_known
 * @property {{id: string, type: string, state: string}[]} incidents
 * @property {{service: string, level: string}[]} related
 */

/**
 * @param {string} origin
 * @returns {Promise<Status>}
 */
export function status(origin) {
  return json(`${origin}/api/status`);
}

/**
 * Waits until the Worker has completed a reading that began after this call,
 * and returns its status. The Worker needs a short REFRESH_SECONDS.
 *
 * @param {{origin: string}} worker
 * @param {Pick<Awaited<ReturnType<typeof playApple>>, "state">} apple
 */
export async function nextReading(worker, apple) {
  const before = await apple.state();
  const end = Date.now() + 10_000;
  // The simulated Apple counts requests, page and feed. The Worker starts the
  // second reading after it has completed the first one.
  for (let now = before; now.pages < before.pages + 2 || now.feeds < before.feeds + 2; now = await apple.state()) {
    if (Date.now() > end) throw new Error("the Worker takes no readings");
    await status(worker.origin); // starts a reading if one is due
    await pause(5);
  }
  return status(worker.origin);
}

/**
 * Fetches JSON. Throws unless the response is 200.
 * @param {string} address
 * @returns {Promise<any>}
 */
export async function json(address) {
  const response = await fetch(address, { signal: AbortSignal.timeout(15_000) });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${address} returned ${response.status}: ${text}`);
  return JSON.parse(text);
}

/**
 * @typedef {object} History the part of the body of /api/history that tests use
 * @property {boolean} kept
 * @property {string} to
 * @property {{date: string, minutes: Record<string, number>, not_watched: number}[]} days
 * @property {{id: string, state: string, worst_level: string, started_at: string, ended_at: string | null, first_seen_at: string, last_seen_at: string | null}[]} incidents
 * @property {{at: string, level: string}[]} changes
 */

/** @param {string} origin @param {string} [query] @returns {Promise<History>} */
export const history = (origin, query = "?days=3") => json(`${origin}/api/history${query}`);

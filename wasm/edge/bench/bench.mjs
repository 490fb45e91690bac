// @ts-check
// Compares the Worker with alternatives that serve the same responses: a plain
// JavaScript worker, the workers package's own glue, and a file. All run in one
// process of workerd, in turn, so the ratios hold on any machine; the absolute
// figures are this machine's.
//
// node bench.mjs [--seconds N] [--rounds N] [--quick] [--cold] [--write]
//
// Warm requests, CPU and memory are measured with wrk, and omitted without it.
// --cold measures fresh isolates only, and writes nothing.
// --write replaces the figures in docs/performance.md.

import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build, playApple, root, scratch, status, workerd, workerModules } from "../test/harness.mjs";
import { fakeCache, fakeDatabase } from "../test/fakes.mjs";
import { coldStarts } from "./cold.mjs";
import { lighthouse } from "./lighthouse.mjs";
import { available, load, rest, used } from "./load.mjs";
import { shares } from "./shares.mjs";
import { serveWorkers } from "./workers.mjs";

const { values: flags } = parseArgs({
  options: {
    seconds: { type: "string", default: "2" },
    rounds: { type: "string", default: "5" },
    quick: { type: "boolean" },
    cold: { type: "boolean" },
    write: { type: "boolean" },
  },
});
const seconds = flags.quick ? 1 : Number(flags.seconds),
  rounds = flags.quick ? 1 : Number(flags.rounds);
const paths = ["/api/status", "/widget"];

if (!available && !flags.cold) {
  console.error(
    "Without wrk there are no figures for warm requests, CPU, memory and a hanging Apple: apt-get install wrk",
  );
  if (flags.write) process.exit(1); // docs/performance.md would lose them
}

/** @param {number[]} list */
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

/**
 * Milliseconds within which this share of all requests was served.
 * @param {ReturnType<typeof load>[]} results @param {number} share
 */
function percentile(results, share) {
  const taken = results.flatMap((result) => result.taken).toSorted(([a], [b]) => a - b);
  let left = share * taken.reduce((sum, [, count]) => sum + count, 0);
  return (taken.find(([, count]) => (left -= count) <= 0)?.[0] ?? NaN) / 1000;
}

/** @param {string[]} head @param {(string | number)[][]} rows */
const table = (head, rows) =>
  [head, head.map((_, n) => (n ? "--:" : "---")), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
/** @param {number} n */
const figure = (n) =>
  n >= 1000 ? Math.round(n).toLocaleString("en") : n >= 100 ? n.toFixed(0) : n >= 10 ? n.toFixed(1) : n.toFixed(2);

let freshIsolates = ""; // a table, which has a place of its own
/** @type {string[]} */
const report = [];
/** @param {string} text */
const add = (text) => (report.push(text), console.log(`${text}\n`));

// The workers.
const apple = await playApple();
await apple.show("issue");
const { dir } = build();
const stock = join(scratch, "stock");
mkdirSync(stock);
execFileSync("go", ["tool", "workers-assets-gen", "-mode=go", "-o", stock], { cwd: root });
/** @param {string} name @param {string} to */
const compile = (name, to) =>
  execFileSync("go", ["build", "-trimpath", "-ldflags", "-s -w", "-o", to, `./wasm/edge/${name}`], {
    cwd: root,
    env: { ...process.env, GOOS: "js", GOARCH: "wasm" },
  });
compile("bench/stock", join(stock, "app.wasm"));
const stocked = join(scratch, "stocked"); // the Worker's own program with that glue
cpSync(stock, stocked, { recursive: true });
copyFileSync(join(dir, "app.wasm"), join(stocked, "app.wasm"));

const ours = {
  name: "Backup Check",
  dir,
  modules: workerModules(dir),
  vars: { APPLE_ORIGIN: apple.origin },
};
const first = await serveWorkers([ours]);
/** @type {Record<string, {Headers: [string, string][], Body: string}>} */
const responses = {};
for (const path of paths) {
  await fetch(first.origins[0] + path);
  const response = await fetch(first.origins[0] + path);
  const own = ["connection", "content-length", "date", "keep-alive", "transfer-encoding"];
  responses[path] = {
    Headers: [...response.headers].filter(([key]) => !own.includes(key)),
    Body: await response.text(),
  };
}
await first.stop();

const plain = join(scratch, "plain"),
  files = join(scratch, "files");
mkdirSync(plain);
writeFileSync(
  join(plain, "worker.mjs"),
  `
const responses = ${JSON.stringify(responses)};
export default {
  fetch(request) {
    const response = responses[new URL(request.url).pathname];
    return response ? new Response(response.Body, { headers: response.Headers }) : new Response(null, { status: 404 });
  },
};`,
);
const lean = join(scratch, "lean");
mkdirSync(lean);
writeFileSync(
  join(lean, "worker.mjs"),
  `
const responses = ${JSON.stringify(responses)};
for (const response of Object.values(responses)) {
  response.Headers = new Headers(response.Headers);
  response.Body = new TextEncoder().encode(response.Body).buffer;
}
export default {
  async fetch(request) {
    const response = responses[request.url.slice(request.url.indexOf("/", "https://".length))];
    return response ? new Response(response.Body, { headers: response.Headers }) : new Response(null, { status: 404 });
  },
};`,
);
mkdirSync(join(files, "api"), { recursive: true });
writeFileSync(join(files, "api/status"), responses["/api/status"].Body);
writeFileSync(join(files, "widget"), responses["/widget"].Body);

/** @type {(import("./workers.mjs").Service & {name: string})[]} */
const contestants = [
  ours,
  { name: "plain JavaScript worker", dir: plain, modules: ["worker.mjs"], vars: {} },
  { name: "a plain one that makes its headers once", dir: lean, modules: ["worker.mjs"], vars: {} },
  {
    name: "the workers package's glue",
    dir: stock,
    modules: ["worker.mjs", "runtime.mjs", "wasm_exec.js", "app.wasm"],
    vars: { RESPONSES: JSON.stringify(responses) },
  },
  {
    name: "the same program with that glue",
    dir: stocked,
    modules: ["worker.mjs", "runtime.mjs", "wasm_exec.js", "app.wasm"],
    vars: ours.vars,
  },
  { name: "a file", files },
];
add(
  `Measured on ${cpus().length} × ${cpus()[0].model.trim()}, workerd without a proxy, ${available ? "wrk on the same machine; " : ""}medians of ${rounds} rounds of ${seconds} s each, a process for each round. ` +
    "The workers package's glue boots an instance for each request: once with a program that only serves the recorded response, once with the Worker's own, which reports \"unknown\" there because it has no reading.",
);

const PLAIN = 1,
  LEAN = 2,
  STOCKED = 4,
  connections = [1, 8, 32];

/**
 * Workers that have served for a while. The first collections of a heap take
 * longer than all others; how long those take differs between processes, so each
 * round has one of its own.
 * @param {typeof contestants} workers
 */
async function serveWarm(workers) {
  const running = await serveWorkers(workers);
  for (const origin of running.origins) for (const path of paths) await (await fetch(origin + path)).text();
  for (const n of [0, PLAIN, LEAN])
    for (const path of paths) load(running.origins[n] + path, 8, running.pid, { seconds: flags.quick ? 1 : 2 });
  return running;
}

/** Contestants in an order that the Worker and the plain worker take in turn. @param {number} count @param {number} round */
function inTurn(count, round) {
  const order = Array.from({ length: count }, (_, n) => n);
  return round % 2 ? order.reverse() : order;
}

/**
 * Measures warm workers in rounds, by path and number of connections.
 * @param {typeof contestants} workers
 * @param {(count: number) => string} [script] of wrk for a number of connections
 */
async function measureWarm(workers, script) {
  const measured = paths.flatMap((path) =>
    connections.map((count) => ({
      path,
      count,
      all: workers.map(() => /** @type {ReturnType<typeof load>[]} */ ([])),
    })),
  );
  for (let round = 0; round < rounds; round++) {
    const running = await serveWarm(workers);
    for (const { path, count, all } of measured)
      for (const n of inTurn(workers.length, round)) {
        await rest(running.pid);
        all[n].push(load(running.origins[n] + path, count, running.pid, { seconds, script: script?.(count) }));
      }
    await running.stop();
  }
  return measured;
}

/** Warm requests. A ratio is the median of the rounds' ratios. */
async function warm() {
  const measured = await measureWarm(contestants);
  for (const path of paths) {
    /** @type {(string | number)[][]} */
    const rows = [],
      leads = [];
    for (const { count, all } of measured.filter((one) => one.path === path)) {
      leads.push(figure(median(all[0].map(({ rate }, round) => rate / all[STOCKED][round].rate))));
      contestants.forEach(({ name }, n) => {
        /** @param {"rate" | "p50" | "p99" | "cpu"} key */
        const of = (key) => figure(median(all[n].map((result) => result[key])));
        /** @param {"rate" | "p99" | "cpu"} key */
        const ratio = (key) =>
          `${figure(median(all[n].map((result, round) => result[key] / all[PLAIN][round][key])))} ×`;
        rows.push([
          name,
          count,
          of("rate"),
          ratio("rate"),
          of("p50"),
          of("p99"),
          ratio("p99"),
          of("cpu"),
          ratio("cpu"),
        ]);
      });
    }
    add(
      `**\`GET ${path}\`, warm**, against the plain JavaScript worker\n\n` +
        table(
          ["", "connections", "requests/s", "ratio", "p50 ms", "p99 ms", "ratio", "CPU ms/request", "ratio"],
          rows,
        ) +
        `\n\nThat is ${leads.join(", ")} times as many requests as the same program serves with that glue, at ${connections.join(", ")} connections.`,
    );
  }
}

/**
 * Latency at a load below the maximum, over all rounds. The plain worker is
 * measured twice: the difference is the error of this measurement.
 */
async function paced() {
  const four = [
    ...contestants.slice(0, LEAN + 1),
    { ...contestants[PLAIN], name: "the plain JavaScript worker again" },
  ];
  const script = join(scratch, "pause.lua");
  /** @type {Record<number, number>} */
  const pauses = { 1: 0.5, 8: 3, 32: 12 };
  const measured = await measureWarm(four, (count) => {
    writeFileSync(
      script,
      `
      function delay() return math.random(0, ${2 * pauses[count]}) end -- milliseconds
      function done(_, latency)
        for n = 1, #latency do io.write(string.format("%d %d\\n", latency(n))) end
      end`,
    );
    return script;
  });
  /** @type {(string | number)[][]} */
  const rows = [];
  for (const { path, count, all } of measured) {
    const p50 = all.map((results) => percentile(results, 0.5)),
      p99 = all.map((results) => percentile(results, 0.99));
    all.forEach((results, n) =>
      rows.push([
        `\`${path}\`, ${four[n].name}`,
        count,
        figure(median(results.map(({ rate }) => rate))),
        figure(p50[n]),
        figure(p99[n]),
        `${figure(p99[n] / p99[PLAIN])} ×`,
      ]),
    );
  }
  add(
    "**Warm, each connection pausing between its requests**, over all rounds. The plain worker is measured twice: the difference between the two is the error of the measurement.\n\n" +
      table(["", "connections", "requests/s", "p50 ms", "p99 ms", "ratio"], rows),
  );
}

/** CPU of requests that Go serves, and of readings. */
async function costs() {
  const missed = join(scratch, "missed.lua");
  writeFileSync(
    missed,
    `local n = 0
  request = function()
    n = n + 1
    return wrk.format("GET", wrk.path .. "?" .. n)
  end`,
  );
  /** @type {(string | number)[][]} */
  const rows = [];
  const alone = await serveWorkers([ours]);
  for (const path of paths) await (await fetch(alone.origins[0] + path)).text();
  for (const path of paths) load(alone.origins[0] + path, 1, alone.pid, { seconds, script: missed }); // until V8 has optimized it
  for (const path of paths)
    rows.push([
      `\`GET ${path}\` that Go serves`,
      figure(
        median(
          Array.from(
            { length: rounds },
            () => load(alone.origins[0] + path, 1, alone.pid, { seconds, script: missed }).cpu,
          ),
        ),
      ),
    ]);
  await alone.stop();
  // Each request starts a reading; the cost of the requests themselves is subtracted.
  const eager = await serveWorkers([{ ...ours, vars: { ...ours.vars, REFRESH_SECONDS: "0.001" } }]);
  for (let n = 0; n < 500; n++) await status(eager.origins[0]); // until V8 has optimized it
  const before = used(eager.pid),
    { feeds } = await apple.state();
  const end = Date.now() + seconds * 2000;
  let requests = 0;
  for (; Date.now() < end; requests++) await status(eager.origins[0]);
  const readings = (await apple.state()).feeds - feeds;
  const perRequest = rows[0][1];
  rows.push([
    `a reading of Apple: fetch, parse, decide (${readings} of them)`,
    figure(((used(eager.pid).cpu - before.cpu) * 1e3 - requests * Number(perRequest)) / readings),
  ]);
  await eager.stop();
  add("**CPU**\n\n" + table(["", "CPU ms"], rows));
}

/** A plain worker that does what a reading of Apple needs of the platform. */
function fetching() {
  const worker = join(scratch, "fetching");
  mkdirSync(worker);
  writeFileSync(
    join(worker, "worker.mjs"),
    `
const options = { redirect: "manual", cache: "no-store" };
export default {
  async fetch(request, { APPLE_ORIGIN }) {
    const text = async (path) => {
      const response = await fetch(APPLE_ORIGIN + "/support/systemstatus/" + path, { ...options, signal: AbortSignal.timeout(6_000) });
      return response.text();
    };
    const page = await text("");
    const { services } = JSON.parse(await text("data/system_status_en_US.js"));
    return Response.json({ page: page.length, level: services.find(({ serviceName }) => serviceName === "iCloud Backup").events.length });
  },
};`,
  );
  return worker;
}

/** The Worker without what it does at the module's top level. */
function unprepared() {
  const copy = join(scratch, "unprepared");
  cpSync(dir, copy, { recursive: true });
  const entry = readFileSync(join(copy, "worker.mjs"), "utf8");
  const changed = entry.replace(/^await prepare\(.*\);$/m, "(await import('./boot.mjs')).leaveTopLevel();");
  if (changed === entry) throw new Error("the entry module prepares nothing");
  writeFileSync(join(copy, "worker.mjs"), changed);
  return copy;
}

/** Fresh isolates, and the boot. */
async function cold() {
  const empty = join(scratch, "empty"); // a program that does nothing, with the workers package's glue
  cpSync(stock, empty, { recursive: true });
  compile("bench/floor", join(empty, "app.wasm"));
  const [database, stored, cache] = await Promise.all([fakeDatabase(), fakeDatabase(), fakeCache()]);
  database.migrations = readdirSync(join(root, "status/history/migrations"));
  cache.fault = "forgets"; // each process is alone
  const { vars } = ours,
    services = { database: database.address, cache: cache.address },
    fromD1 = { database: stored.address, cache: cache.address };
  const reader = await workerd(dir, vars, services);
  await reader.cron(); // stores a reading
  await reader.stop();
  stored.reading = database.stored;
  const fresh = [
    { name: "plain JavaScript worker", dir: plain, path: "/api/status" },
    { name: "a plain JavaScript worker that fetches Apple's page and data", dir: fetching(), path: "/", vars },
    { name: "an empty program with the workers package's glue", dir: empty, path: "/" },
    { name: "`/api/status`, if Go booted in the first request", dir: unprepared(), path: "/api/status", vars },
    { name: "`/api/status`, with a reading of Apple", dir, path: "/api/status", vars },
    { name: "`/api/status`, whose reading D1 has", dir, path: "/api/status", vars, services: fromD1 },
    { name: "`/widget`, whose reading D1 has", dir, path: "/widget", vars, services: fromD1 },
    {
      name: "`/widget?lang=ja`, whose reading D1 has",
      dir,
      path: "/widget?lang=ja",
      vars,
      services: { ...fromD1, assets: true },
    },
    { name: "`/api/history`, whose reading D1 has", dir, path: "/api/history", vars, services: fromD1 },
    { name: "a cron run, with a reading of Apple, stored in D1", dir, path: "cron", vars, services },
  ];
  const measured = await coldStarts(fresh, flags.quick ? 3 : 9);
  await Promise.all([database.stop(), stored.stop(), cache.stop()]);
  freshIsolates = table(
    ["", "at start, CPU ms", "first request, CPU ms", "ratio", "second, CPU ms", "first answer, wall ms", "ratio"],
    fresh.map(({ name }, n) => {
      const { start, first, second, wall } = measured[n];
      return [
        name,
        figure(start),
        figure(first),
        `${figure(first / measured[0].first)} ×`,
        figure(second),
        figure(wall),
        `${figure(wall / measured[0].wall)} ×`,
      ];
    }),
  );
  console.log(
    `**Cold**: CPU of fresh isolates, each the first request of its own process of workerd. The platform allows 1 s at start, and on the free plan 10 ms a request.\n\n${freshIsolates}\n`,
  );
  if (flags.cold) return;

  const copy = join(scratch, "wasm_exec.cjs");
  copyFileSync(join(dir, "wasm_exec.js"), copy);
  /** @param {string} program */
  const boots = (program) =>
    JSON.parse(
      execFileSync("node", [join(root, "wasm/edge/bench/boot.mjs"), copy, program, "12"], { encoding: "utf8" }),
    );
  /** @type {number[][]} */
  const [own, least] = [[], []];
  for (let round = 0; round < rounds; round++) {
    own.push(Math.min(...boots(join(dir, "app.wasm"))));
    least.push(Math.min(...boots(join(empty, "app.wasm"))));
  }
  add(
    "**Boot**, in Node\n\n" +
      table(
        ["", "ms"],
        [
          ["Go's boot, from the module to ready", figure(median(own))],
          ["the same of an empty program with net/http and the workers package", figure(median(least))],
        ],
      ),
  );
}

/** Memory of the process after a number of requests. */
async function memory() {
  const goals = flags.quick ? [100, 10_000] : [100, 10_000, 300_000];
  /** @param {(typeof contestants)[number]} contestant */
  const measure = async (contestant) => {
    const steady = await serveWorkers([contestant]);
    const sizes = [];
    let sent = 0;
    for (const goal of goals) {
      if (goal === 100) for (; sent < goal; sent++) await (await fetch(`${steady.origins[0]}/api/status`)).text();
      while (sent < goal) sent += load(`${steady.origins[0]}/api/status`, 32, steady.pid, { seconds: 1 }).requests;
      sizes.push(figure(used(steady.pid).memory / 2 ** 20));
    }
    await steady.stop();
    return [contestant.name, ...sizes];
  };
  add(
    "**Memory of the process**, in MiB, after at least this many requests, with V8's heap limited to 128 MB as on the platform\n\n" +
      table(
        ["", ...goals.map((goal) => goal.toLocaleString("en"))],
        [await measure(contestants[0]), await measure(contestants[1])],
      ),
  );
}

/** Requests while Apple accepts connections and never responds. */
async function hanging() {
  const waiting = await serveWorkers([{ ...ours, vars: { ...ours.vars, REFRESH_SECONDS: "1" } }]);
  await status(waiting.origins[0]);
  await apple.fault("hang");
  const { rate, p99 } = load(`${waiting.origins[0]}/api/status`, 32, waiting.pid, { seconds: 5 * seconds });
  add(`**While Apple hangs**, 32 connections: ${figure(rate)} requests/s, p99 ${figure(p99)} ms, no failed requests.`);
  await waiting.stop();
}

/** The parser alone, and the sizes of what is uploaded. */
function weight() {
  const feed = execFileSync(
    "go",
    ["test", "-run", "^$", "-bench", "FeedToVerdict", "-benchtime", "1s", "./status/apple"],
    { cwd: root, encoding: "utf8" },
  );
  const [, nanoseconds, bytes, allocations] = /(\d+) ns\/op.*?(\d+) B\/op\s+(\d+) allocs/.exec(feed) ?? [];
  add(
    `**Apple's feed**, 80 services on a busy day, parsed and decided natively: ${figure(Number(nanoseconds) / 1000)} µs, ${allocations} allocations of ${figure(Number(bytes) / 1024)} KiB.`,
  );
  const named = join(scratch, "named.wasm");
  execFileSync("go", ["build", "-trimpath", "-gcflags=all=-l", "-ldflags=-w", "-o", named, "./wasm/edge"], {
    cwd: root,
    env: { ...process.env, GOOS: "js", GOARCH: "wasm" },
  });
  const parts = shares(readFileSync(named)),
    total = parts.reduce((sum, [, bytes]) => sum + bytes, 0);
  add(
    "**Composition of the Worker's code**, before compression\n\n" +
      table(
        ["", "KiB", "share"],
        parts.map(([group, bytes]) => [group, figure(bytes / 1024), `${((bytes / total) * 100).toFixed(1)} %`]),
      ),
  );
  add("**Sizes**\n\n```\n" + build().sizes.trimEnd() + "\n```");
}

if (flags.cold) {
  await cold();
  await apple.stop();
  process.exit(0);
}
if (available) {
  await warm();
  await paced();
  await costs();
}
await cold();
if (available) {
  await memory();
  await hanging();
}
weight();
if (!flags.quick)
  // it takes four minutes
  add(
    "**Lighthouse** (mobile, Chromium), medians of 3 runs\n\n" +
      table(["", "performance", "accessibility", "best practices", "audits below 1"], await lighthouse()),
  );

if (flags.write) {
  const page = join(root, "docs/performance.md");
  let text = readFileSync(page, "utf8");
  for (const [place, figures] of Object.entries({ cold: freshIsolates, bench: report.join("\n\n") })) {
    const marked = new RegExp(`(<!-- ${place} -->\n)[^]*(<!-- /${place} -->)`);
    if (!marked.test(text))
      throw new Error(`${page} has no place for the figures: <!-- ${place} --> … <!-- /${place} -->`);
    text = text.replace(marked, (_, begin, end) => `${begin}\n${figures}\n\n${end}`);
  }
  writeFileSync(page, text);
}
await apple.stop();

// @ts-check
// Measures the Worker side by side with its peers: the same answers from a
// plain JavaScript worker, from the workers package's own glue, and from a
// file. All run in one process of workerd, in turn, so the ratios hold on any
// machine; the figures themselves are this machine's.
//
// node bench.mjs [--seconds N] [--rounds N] [--quick] [--write]

import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build, playApple, root, scratch, status } from "../test/harness.mjs";
import { lighthouse } from "./lighthouse.mjs";
import { shares } from "./shares.mjs";
import { serveWorkers } from "./workers.mjs";

const { values: flags } = parseArgs({
  options: { seconds: { type: "string", default: "2" }, rounds: { type: "string", default: "5" }, quick: { type: "boolean" }, write: { type: "boolean" } },
});
const seconds = flags.quick ? 1 : Number(flags.seconds), rounds = flags.quick ? 1 : Number(flags.rounds);
const paths = ["/api/status", "/widget"];

if (spawnSync("wrk", ["-v"]).error) {
  console.error("The benchmark needs wrk: apt-get install wrk");
  process.exit(1);
}

/** @param {number[]} list */
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

/**
 * CPU seconds that a process has used, and the memory that it holds in bytes.
 * @param {number} pid
 */
function used(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  const memory = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return { cpu: (Number(stat[11]) + Number(stat[12])) / 100, memory: Number(memory?.[1]) * 1024 };
}

/**
 * Asks as fast as it can.
 * @param {string} url @param {number} connections @param {number} pid
 * @param {{seconds?: number, script?: string}} [how]
 */
function load(url, connections, pid, how = {}) {
  const before = used(pid);
  const script = how.script ? ["-s", how.script] : [];
  const printed = execFileSync("wrk", ["-t1", `-c${connections}`, `-d${how.seconds ?? seconds}s`, "--latency", ...script, url], { encoding: "utf8" });
  const after = used(pid);
  /** @param {string} percent */
  const latency = (percent) => {
    const [, n, unit] = new RegExp(`${percent}%\\s+([\\d.]+)(us|ms|s)`).exec(printed) ?? [];
    return Number(n) * { us: 1e-3, ms: 1, s: 1e3 }[/** @type {"us" | "ms" | "s"} */ (unit)];
  };
  const requests = Number(/(\d+) requests in/.exec(printed)?.[1]);
  const wrong = Number(/Non-2xx or 3xx responses: (\d+)/.exec(printed)?.[1] ?? 0) + Number(/Socket errors: .*timeout (\d+)/.exec(printed)?.[1] ?? 0);
  if (wrong) throw new Error(`${url}: ${wrong} of ${requests} requests failed\n${printed}`);
  return { rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(printed)?.[1]), p50: latency("50"), p99: latency("99"), cpu: ((after.cpu - before.cpu) / requests) * 1e3, requests };
}

/** @param {string[]} head @param {(string | number)[][]} rows */
const table = (head, rows) => [head, head.map((_, n) => (n ? "--:" : "---")), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
/** @param {number} n */
const figure = (n) => (n >= 1000 ? Math.round(n).toLocaleString("en") : n >= 100 ? n.toFixed(0) : n >= 10 ? n.toFixed(1) : n.toFixed(2));

/** @type {string[]} */
const report = [];
/** @param {string} text */
const say = (text) => (report.push(text), console.log(`${text}\n`));

// The workers.
const apple = await playApple();
await apple.show("issue");
const { dir } = build();
const stock = join(scratch, "stock");
mkdirSync(stock);
execFileSync("go", ["tool", "workers-assets-gen", "-mode=go", "-o", stock], { cwd: root });
/** @param {string} name @param {string} to */
const compile = (name, to) => execFileSync("go", ["build", "-trimpath", "-ldflags", "-s -w", "-o", to, `./wasm/edge/${name}`], { cwd: root, env: { ...process.env, GOOS: "js", GOARCH: "wasm" } });
compile("bench/stock", join(stock, "app.wasm"));
const stocked = join(scratch, "stocked"); // the Worker's own program under that glue
cpSync(stock, stocked, { recursive: true });
copyFileSync(join(dir, "app.wasm"), join(stocked, "app.wasm"));

const ours = { name: "Backup Check", dir, modules: ["worker.mjs", "wasm_exec.js", "app.wasm"], vars: { APPLE_ORIGIN: apple.origin } };
const first = await serveWorkers([ours]);
/** @type {Record<string, {Headers: [string, string][], Body: string}>} */
const answers = {};
for (const path of paths) {
  await fetch(first.origins[0] + path);
  const response = await fetch(first.origins[0] + path);
  const own = ["connection", "content-length", "date", "keep-alive", "transfer-encoding"];
  answers[path] = { Headers: [...response.headers].filter(([key]) => !own.includes(key)), Body: await response.text() };
}
await first.stop();

const plain = join(scratch, "plain"), files = join(scratch, "files");
mkdirSync(plain);
writeFileSync(join(plain, "worker.mjs"), `
const answers = ${JSON.stringify(answers)};
export default {
  fetch(request) {
    const answer = answers[new URL(request.url).pathname];
    return answer ? new Response(answer.Body, { headers: answer.Headers }) : new Response(null, { status: 404 });
  },
};`);
mkdirSync(join(files, "api"), { recursive: true });
writeFileSync(join(files, "api/status"), answers["/api/status"].Body);
writeFileSync(join(files, "widget"), answers["/widget"].Body);

/** @type {(import("./workers.mjs").Service & {name: string})[]} */
const contestants = [
  ours,
  { name: "plain JavaScript worker", dir: plain, modules: ["worker.mjs"], vars: {} },
  { name: "the workers package's glue", dir: stock, modules: ["worker.mjs", "runtime.mjs", "wasm_exec.js", "app.wasm"], vars: { ANSWERS: JSON.stringify(answers) } },
  { name: "the same program with that glue", dir: stocked, modules: ["worker.mjs", "runtime.mjs", "wasm_exec.js", "app.wasm"], vars: ours.vars },
  { name: "a file", files },
];
const running = await serveWorkers(contestants);
const pid = running.pid;
for (const origin of running.origins) for (const path of paths) await (await fetch(origin + path)).text();

say(`Measured on ${cpus().length} × ${cpus()[0].model.trim()}, workerd without a proxy, wrk on the same machine; medians of ${rounds} rounds in turn of ${seconds} s each. ` +
  "The workers package's glue boots an instance for each request: once with a program that only holds the answer, once with the Worker's own, which there answers \"unknown\", having read nothing.");

// 1. Warm requests, in turn.
const connections = [1, 8, 32];
for (const path of paths) {
  /** @type {(string | number)[][]} */
  const rows = [];
  for (const count of connections) {
    /** @type {ReturnType<typeof load>[][]} */
    const all = contestants.map(() => []);
    for (let round = 0; round < rounds; round++) contestants.forEach((_, n) => all[n].push(load(running.origins[n] + path, count, pid)));
    const medians = all.map((results) => /** @type {const} */ (["rate", "p50", "p99", "cpu"]).map((key) => median(results.map((result) => result[key]))));
    contestants.forEach(({ name }, n) => {
      const [rate, p50, p99, cpu] = medians[n], peer = medians[1];
      rows.push([name, count, figure(rate), `${figure(rate / peer[0])} ×`, figure(p50), figure(p99), `${figure(p99 / peer[2])} ×`, figure(cpu), `${figure(cpu / peer[3])} ×`]);
    });
  }
  say(`**\`GET ${path}\`, warm**, against the plain JavaScript worker\n\n` + table(["", "connections", "requests/s", "ratio", "p50 ms", "p99 ms", "ratio", "CPU ms/request", "ratio"], rows));
}

// 2. Requests that go into Go, and readings of Apple.
const missed = join(scratch, "missed.lua");
writeFileSync(missed, `local n = 0
request = function()
  n = n + 1
  return wrk.format("GET", wrk.path .. "?" .. n)
end`);
/** @type {(string | number)[][]} */
const costs = [];
for (const path of paths) load(running.origins[0] + path, 1, pid, { script: missed }); // until V8 has compiled it well
for (const path of paths) costs.push([`\`GET ${path}\` that goes into Go`, figure(median(Array.from({ length: rounds }, () => load(running.origins[0] + path, 1, pid, { script: missed }).cpu)))]);
await running.stop();
{
  // Each request finds a reading due: its cost, less the request's own, is a reading's.
  const eager = await serveWorkers([{ ...ours, vars: { ...ours.vars, REFRESH_SECONDS: "0.001" } }]);
  for (let n = 0; n < 500; n++) await status(eager.origins[0]); // until V8 has compiled it well
  const before = used(eager.pid), { feeds } = await apple.state();
  const end = Date.now() + seconds * 2000;
  let requests = 0;
  for (; Date.now() < end; requests++) await status(eager.origins[0]);
  const readings = (await apple.state()).feeds - feeds;
  const asking = costs[0][1];
  costs.push([`a reading of Apple, fetched, parsed, decided (${readings} of them)`, figure(((used(eager.pid).cpu - before.cpu) * 1e3 - requests * Number(asking)) / readings)]);
  await eager.stop();
}
say("**CPU**\n\n" + table(["", "CPU ms"], costs));

// 3. Cold.
{
  const exec = join(dir, "wasm_exec.js"), floor = join(scratch, "floor.wasm"), copy = join(scratch, "wasm_exec.cjs");
  copyFileSync(exec, copy);
  compile("bench/floor", floor);
  /** @param {string} program */
  const boots = (program) => JSON.parse(execFileSync("node", [join(root, "wasm/edge/bench/boot.mjs"), copy, program, "12"], { encoding: "utf8" }));
  /** @type {number[][]} */
  const [own, least] = [[], []];
  for (let round = 0; round < rounds; round++) {
    own.push(Math.min(...boots(join(dir, "app.wasm"))));
    least.push(Math.min(...boots(floor)));
  }
  const answered = [];
  for (let round = 0; round < rounds; round++) {
    const cold = await serveWorkers([ours]);
    const began = performance.now();
    await status(cold.origins[0]);
    answered.push(performance.now() - began);
    await cold.stop();
  }
  say("**Cold**\n\n" + table(["", "ms"], [
    ["Go's boot, from the module to ready (in Node)", figure(median(own))],
    ["the same of a program with net/http and the workers package alone", figure(median(least))],
    ["first answer of a fresh isolate, a reading of Apple included", figure(median(answered))],
  ]));
}

// 4. Memory, and 5. Apple that hangs.
{
  const goals = flags.quick ? [100, 10_000] : [100, 10_000, 300_000];
  /** @param {(typeof contestants)[number]} contestant */
  const grows = async (contestant) => {
    const steady = await serveWorkers([contestant]);
    const held = [];
    let sent = 0;
    for (const goal of goals) {
      if (goal === 100) for (; sent < goal; sent++) await (await fetch(`${steady.origins[0]}/api/status`)).text();
      while (sent < goal) sent += load(`${steady.origins[0]}/api/status`, 32, steady.pid, { seconds: 1 }).requests;
      held.push(figure(used(steady.pid).memory / 2 ** 20));
    }
    await steady.stop();
    return [contestant.name, ...held];
  };
  say("**Memory of the process**, in MiB, after so many requests or a little more\n\n" +
    table(["", ...goals.map((goal) => goal.toLocaleString("en"))], [await grows(contestants[0]), await grows(contestants[1])]));

  const waiting = await serveWorkers([{ ...ours, vars: { ...ours.vars, REFRESH_SECONDS: "1" } }]);
  await status(waiting.origins[0]);
  await apple.fault("hang");
  const { rate, p99 } = load(`${waiting.origins[0]}/api/status`, 32, waiting.pid, { seconds: 5 * seconds });
  say(`**While Apple hangs**, 32 connections: ${figure(rate)} requests/s, p99 ${figure(p99)} ms, none unanswered.`);
  await waiting.stop();
}

// 6. What it weighs, and the parser by itself.
const feed = execFileSync("go", ["test", "-run", "^$", "-bench", "FeedToVerdict", "-benchtime", "1s", "./status/apple"], { cwd: root, encoding: "utf8" });
const [, nanoseconds, bytes, allocations] = /(\d+) ns\/op.*?(\d+) B\/op\s+(\d+) allocs/.exec(feed) ?? [];
say(`**Apple's feed**, 80 services on a busy day, parsed and decided natively: ${figure(Number(nanoseconds) / 1000)} µs, ${allocations} allocations of ${figure(Number(bytes) / 1024)} KiB.`);
const named = join(scratch, "named.wasm");
execFileSync("go", ["build", "-trimpath", "-gcflags=all=-l", "-ldflags=-w", "-o", named, "./wasm/edge"], { cwd: root, env: { ...process.env, GOOS: "js", GOARCH: "wasm" } });
const parts = shares(readFileSync(named)), whole = parts.reduce((sum, [, bytes]) => sum + bytes, 0);
say("**What the Worker's code consists of**, before compression\n\n" +
  table(["", "KiB", "share"], parts.map(([group, bytes]) => [group, figure(bytes / 1024), `${((bytes / whole) * 100).toFixed(1)} %`])));
say("**Sizes**\n\n```\n" + build().sizes.trimEnd() + "\n```");

// 7. Lighthouse, which takes four minutes.
if (!flags.quick) say("**Lighthouse** (mobile, Chromium), medians of 3 runs\n\n" + table(["", "performance", "accessibility", "best practices", "audits below 1"], await lighthouse()));

if (flags.write) {
  const readme = join(root, "README.md");
  const text = readFileSync(readme, "utf8");
  const marked = /(<!-- bench -->\n)[^]*(<!-- \/bench -->)/;
  if (!marked.test(text)) throw new Error("README.md has no place for the figures: <!-- bench --> … <!-- /bench -->");
  writeFileSync(readme, text.replace(marked, (_, begin, end) => `${begin}\n${report.join("\n\n")}\n\n${end}`));
}
await apple.stop();

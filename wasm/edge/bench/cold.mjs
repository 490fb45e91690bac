// @ts-check
// CPU of fresh isolates: at start, and of the first request or cron run, each in a
// process of bare workerd of its own. Only the isolate's thread counts, which is
// workerd's main thread; V8 compiles on others besides.

import { readFileSync } from "node:fs";
import { pause, workerd } from "../test/harness.mjs";

/**
 * What is measured: a request, or "cron" for a cron run.
 * @typedef {object} Contestant
 * @property {string} name
 * @property {string} dir a build
 * @property {string} path
 * @property {Record<string, string>} [vars]
 * @property {{database?: string, cache?: string, assets?: boolean}} [services]
 */

/** Milliseconds of CPU that a process's main thread has used. @param {number} pid */
const cpu = (pid) => Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;

/**
 * Waits until a process's main thread does nothing. On the platform the first
 * request is why an isolate starts, so it follows at once; later V8's compile
 * threads would have replaced code, and the request would pay for that.
 * @param {number} pid
 */
async function idle(pid) {
  for (let before = -1, now = cpu(pid); now - before > 0.5; now = cpu(pid)) {
    before = now;
    await pause(40);
  }
}

/**
 * Returns milliseconds of CPU, and for wall those that the first answer took.
 * @param {Contestant} contestant
 */
async function coldStart({ dir, path, vars = {}, services }) {
  const worker = await workerd(dir, vars, services);
  try {
    await idle(worker.running.pid); // it listens before the start is done
    const request = async () => {
      const before = cpu(worker.running.pid),
        began = performance.now();
      if (path === "cron") await worker.cron();
      else await (await fetch(worker.origin + path)).arrayBuffer();
      const wall = performance.now() - began;
      await pause(300); // what goes on after the answer counts as well
      return { cpu: cpu(worker.running.pid) - before, wall };
    };
    const start = cpu(worker.running.pid);
    const first = await request();
    return { start, first: first.cpu, second: (await request()).cpu, wall: first.wall };
  } finally {
    await worker.stop();
  }
}

/** @param {number[]} list */
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

/**
 * Measures contestants in turn, and returns the medians.
 * @param {Contestant[]} contestants @param {number} rounds
 */
export async function coldStarts(contestants, rounds) {
  /** @type {Awaited<ReturnType<typeof coldStart>>[][]} */
  const all = contestants.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [n, contestant] of contestants.entries()) all[n].push(await coldStart(contestant));
  return all.map((results) => ({
    start: median(results.map((result) => result.start)),
    first: median(results.map((result) => result.first)),
    second: median(results.map((result) => result.second)),
    wall: median(results.map((result) => result.wall)),
  }));
}

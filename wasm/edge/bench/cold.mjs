// @ts-check
// CPU of fresh isolates: at start, and of the first request or cron run of its own
// process of bare workerd. Counted is the isolate's thread, which is workerd's main
// thread; V8's compile threads are apart.

import { readFileSync } from "node:fs";
import { pause, workerd } from "../test/harness.mjs";

/** Milliseconds of CPU that a process's main thread has used. @param {number} pid */
const cpu = (pid) => Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;

/**
 * What a first request takes, in milliseconds of CPU, and the wall time of its answer.
 * @typedef {{start: number, first: number, second: number, wall: number}} Cold
 */

/**
 * @param {string} dir a build
 * @param {Record<string, string>} vars
 * @param {string} path "cron" for a cron run
 * @param {{database?: string, cache?: string}} [services]
 * @returns {Promise<Cold>}
 */
export async function coldStart(dir, vars, path, services) {
  const worker = await workerd(dir, vars, services);
  try {
    await pause(500); // until nothing of the start runs any more
    const pid = worker.running.pid;
    const ask = async () => {
      const before = cpu(pid),
        began = performance.now();
      if (path === "cron") await worker.cron();
      else await (await fetch(worker.origin + path)).arrayBuffer();
      const wall = performance.now() - began;
      await pause(300); // what goes on after the answer counts as well
      return { cpu: cpu(pid) - before, wall };
    };
    const start = cpu(pid);
    const first = await ask(),
      second = await ask();
    return { start, first: first.cpu, second: second.cpu, wall: first.wall };
  } finally {
    if (process.env.V) console.log(worker.running.output);
    await worker.stop();
  }
}

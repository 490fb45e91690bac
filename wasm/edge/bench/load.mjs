// @ts-check
// Generates load with wrk, and measures the CPU and memory of the server.

import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Whether wrk is installed. */
export const available = !spawnSync("wrk", ["-v"]).error;

/**
 * Returns a process's CPU time in seconds and its resident memory in bytes.
 * @param {number} pid
 */
export function used(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  const memory = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return { cpu: (Number(stat[11]) + Number(stat[12])) / 100, memory: Number(memory?.[1]) * 1024 };
}

/**
 * Waits until a process is idle, for at most 5 s, so that one measurement's
 * garbage isn't collected during the next one.
 * @param {number} pid
 */
export async function rest(pid) {
  for (let quiet = 0, tries = 0, last = -1; quiet < 3 && tries < 50; tries++) {
    await new Promise((done) => setTimeout(done, 100));
    const { cpu } = used(pid);
    quiet = cpu === last ? quiet + 1 : 0;
    last = cpu;
  }
}

/**
 * Sends requests as fast as possible, or as the script says. wrk corrects the
 * latencies for requests that a pause of the server delayed.
 *
 * @param {string} url @param {number} connections
 * @param {number} pid of the server
 * @param {{seconds: number, script?: string}} options
 */
export function load(url, connections, pid, { seconds, script }) {
  const before = used(pid);
  const printed = execFileSync(
    "wrk",
    ["-t1", `-c${connections}`, `-d${seconds}s`, "--latency", ...(script ? ["-s", script] : []), url],
    { encoding: "utf8", maxBuffer: 2 ** 28 },
  );
  const after = used(pid);
  /** @param {string} percent */
  const latency = (percent) => {
    const [, n, unit] = new RegExp(`${percent}%\\s+([\\d.]+)(us|ms|s)`).exec(printed) ?? [];
    return Number(n) * { us: 1e-3, ms: 1, s: 1e3 }[/** @type {"us" | "ms" | "s"} */ (unit)];
  };
  const requests = Number(/(\d+) requests in/.exec(printed)?.[1]);
  const wrong =
    Number(/Non-2xx or 3xx responses: (\d+)/.exec(printed)?.[1] ?? 0) +
    Number(/Socket errors: .*timeout (\d+)/.exec(printed)?.[1] ?? 0);
  if (wrong) throw new Error(`${url}: ${wrong} of ${requests} requests failed\n${printed}`);
  /** Microseconds, and the number of requests that took them, if the script prints them. */
  const taken = [...printed.matchAll(/^(\d+) (\d+)$/gm)].map(([, time, count]) => [Number(time), Number(count)]);
  return {
    rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(printed)?.[1]),
    p50: latency("50"),
    p99: latency("99"),
    cpu: ((after.cpu - before.cpu) / requests) * 1e3,
    requests,
    taken,
  };
}

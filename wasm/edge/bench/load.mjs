// @ts-check
// Load by wrk, and what it costs the process that answers.

import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Whether wrk is there. */
export const available = !spawnSync("wrk", ["-v"]).error;

/**
 * CPU seconds that a process has used, and the memory that it holds in bytes.
 * @param {number} pid
 */
export function used(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  const memory = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return { cpu: (Number(stat[11]) + Number(stat[12])) / 100, memory: Number(memory?.[1]) * 1024 };
}

/**
 * Waits until a process rests, so that nobody's garbage is collected in the
 * next one's turn, for at most 5 s.
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
 * Asks as fast as it can, or as the script says. wrk sees to it that a pause
 * counts for all that would have been asked meanwhile.
 *
 * @param {string} url @param {number} connections
 * @param {number} pid of who answers
 * @param {{seconds: number, script?: string}} how
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
  /** Microseconds and how many took them, where the script prints them. */
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

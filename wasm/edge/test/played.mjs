// @ts-check
// Played parts of the platform that can be told to fail.

import { createServer } from "node:http";

/** Plays a D1 that holds nothing, or that fails. */
export async function playDatabase() {
  const playing = {
    address: "",
    /** @type {"" | "fail" | "hang" | "read-only" | "slow"} */
    fault: "",
    statements: 0,
    stop: () => new Promise((done) => (server.closeAllConnections(), server.close(done))),
  };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    playing.statements++;
    if (playing.fault === "hang") return;
    if (playing.fault === "slow") await new Promise((done) => setTimeout(done, 1_000));
    const { sql } = [JSON.parse(body)].flat()[0];
    const broken = playing.fault === "fail" || (playing.fault === "read-only" && !/^\s*SELECT/.test(sql));
    response.setHeader("Content-Type", "application/json");
    response.end(
      JSON.stringify(
        broken
          ? { success: false, error: "played: SQLITE_READONLY" }
          : [
              {
                success: true,
                results: { columns: [], rows: [] },
                meta: { changes: 0, duration: 0, rows_read: 0, rows_written: 0 },
              },
            ],
      ),
    );
  });
  return at(server, playing);
}

/** Plays what is behind the Cache API, one data centre's. */
export async function playCache() {
  /** @type {Map<string, Buffer>} */
  const kept = new Map();
  const playing = {
    address: "",
    /** @type {"" | "fail" | "hang" | "garbage" | "cut off"} */
    fault: "",
    hits: 0,
    asked: 0,
    stop: () => new Promise((done) => (server.closeAllConnections(), server.close(done))),
  };
  const server = createServer(async (request, response) => {
    /** @type {Buffer[]} */
    const body = [];
    for await (const chunk of request) body.push(chunk);
    const key = `${request.headers.host}${request.url}`;
    playing.asked++;
    if (playing.fault === "hang") return;
    if (playing.fault === "fail") return void response.writeHead(500).end();
    if (request.method === "PUT") {
      // The answer to keep comes as HTTP in the body.
      const whole = Buffer.concat(body);
      kept.set(key, whole.subarray(whole.indexOf("\r\n\r\n") + 4));
      return void response.writeHead(204).end();
    }
    const found = playing.fault === "garbage" ? Buffer.from('{"CheckedAt": 7, "Service": [') : kept.get(key);
    if (!found) return void response.writeHead(504, { "CF-Cache-Status": "MISS" }).end();
    playing.hits++;
    response.writeHead(200, { "CF-Cache-Status": "HIT", "Content-Length": found.length });
    if (playing.fault !== "cut off") return void response.end(found);
    response.write(found.subarray(0, found.length / 2));
    response.socket?.destroySoon();
  });
  return at(server, playing);
}

/**
 * @template {{address: string}} T
 * @param {import("node:http").Server} server
 * @param {T} playing
 */
async function at(server, playing) {
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
  playing.address = `127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
  server.unref();
  return playing;
}

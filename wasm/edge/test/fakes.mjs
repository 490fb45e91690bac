// @ts-check
// Fake parts of the platform, with faults that a test can switch on.

import { createServer } from "node:http";

/** Starts a fake D1, which is empty. */
export async function fakeDatabase() {
  const fake = {
    address: "",
    /** @type {"" | "fail" | "hang" | "read-only" | "slow"} */
    fault: "",
    statements: 0,
    /** Names of migrations that are applied. @type {string[]} */
    migrations: [],
    /** The row of the latest reading, which is always read at this moment; "" if there is none. */
    reading: "",
    /** The reading that was written last. */
    stored: "",
    /** The statements' texts and parameters. */
    received: "",
    stop: () => new Promise((done) => (server.closeAllConnections(), server.close(done))),
  };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    fake.statements++;
    fake.received += body;
    if (fake.fault === "hang") return;
    if (fake.fault === "slow") await new Promise((done) => setTimeout(done, 1_000));
    const { sql, params } = [JSON.parse(body)].flat()[0];
    if (/INSERT INTO reading/.test(sql)) fake.stored = params[1];
    const fails = fake.fault === "fail" || (fake.fault === "read-only" && !/^\s*SELECT/.test(sql));
    response.setHeader("Content-Type", "application/json");
    response.end(
      JSON.stringify(
        fails
          ? { success: false, error: "fake: SQLITE_READONLY" }
          : [
              {
                success: true,
                results: /FROM d1_migrations/.test(sql)
                  ? { columns: ["name"], rows: fake.migrations.map((name) => [name]) }
                  : /FROM reading/.test(sql) && fake.reading
                    ? { columns: ["report"], rows: [[checkedAt(fake.reading, () => Date.now())]] }
                    : { columns: [], rows: [] },
                // Incidents are written as one list.
                meta: { changes: /INSERT INTO incident/.test(sql) ? JSON.parse(params[0]).length : 1 },
              },
            ],
      ),
    );
  });
  return listen(server, fake);
}

/** Starts a fake of the service behind the Cache API. */
export async function fakeCache() {
  /** @type {Map<string, Buffer>} */
  const stored = new Map();
  const fake = {
    address: "",
    /** "future": readings are a day ahead, as of a program with such a clock. "forgets": nothing is found. @type {"" | "fail" | "hang" | "garbage" | "cut off" | "future" | "forgets"} */
    fault: "",
    /** Of readings, without their reservations. */
    hits: 0,
    requests: 0,
    /** What was stored, and under which addresses. */
    received: "",
    stop: () => new Promise((done) => (server.closeAllConnections(), server.close(done))),
  };
  const server = createServer(async (request, response) => {
    /** @type {Buffer[]} */
    const body = [];
    for await (const chunk of request) body.push(chunk);
    const key = `${request.headers.host}${request.url}`;
    const reading = !key.includes("reservation");
    if (reading) fake.requests++;
    if (fake.fault === "hang") return;
    if (fake.fault === "fail") return void response.writeHead(500).end();
    if (request.method === "PUT") {
      // The body is the response to store, as HTTP text.
      const message = Buffer.concat(body);
      fake.received += key + message;
      stored.set(key, message.subarray(message.indexOf("\r\n\r\n") + 4));
      return void response.writeHead(204).end();
    }
    let found = fake.fault === "garbage" ? Buffer.from('{"CheckedAt": 7, "Service": [') : stored.get(key);
    if (found && fake.fault === "future")
      found = Buffer.from(checkedAt(String(found), (time) => (time > 0 ? time + 86_400_000 : time)));
    if (!found || fake.fault === "forgets") return void response.writeHead(504, { "CF-Cache-Status": "MISS" }).end();
    if (reading) fake.hits++;
    response.writeHead(200, { "CF-Cache-Status": "HIT", "Content-Length": found.length });
    if (fake.fault !== "cut off") return void response.end(found);
    response.write(found.subarray(0, found.length / 2));
    response.socket?.destroySoon();
  });
  return listen(server, fake);
}

/**
 * Returns a reading with another time.
 * @param {string} reading @param {(time: number) => number} time milliseconds
 */
function checkedAt(reading, time) {
  return reading.replace(
    /(?<="CheckedAt":")[^"]+/, // the first one is the reading's own
    (text) => new Date(time(Date.parse(text))).toISOString(),
  );
}

/**
 * @template {{address: string}} T
 * @param {import("node:http").Server} server
 * @param {T} fake
 */
async function listen(server, fake) {
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
  fake.address = `127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
  server.unref();
  return fake;
}

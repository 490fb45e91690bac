// @ts-check
import { writeFileSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { dirname, join, relative } from "node:path";
import { eventually, freePort, root, scratch, start } from "../test/harness.mjs";

const require = createRequire(import.meta.url);

/**
 * A Worker, with its modules, the entry module first; or a folder of files.
 * @typedef {{dir: string, modules: string[], vars: Record<string, string>} | {files: string}} Service
 */

/**
 * Serves Workers and files in one process of bare workerd, each at its own
 * origin.
 *
 * @param {Service[]} services
 */
export async function serveWorkers(services) {
  const ports = await Promise.all(services.map(freePort));
  const date = /compatibility_date = "(.*)"/.exec(readFileSync(join(root, "wrangler.toml"), "utf8"))?.[1];
  const text = JSON.stringify;
  /** @param {Service} service @param {number} n */
  const described = (service, n) =>
    "files" in service
      ? `(name = "s${n}", disk = (path = ${text(service.files)}))`
      : `(name = "s${n}", worker = (
        modules = [${service.modules.map((name) => `(name = ${text(name)}, ${name.endsWith(".wasm") ? "wasm" : "esModule"} = embed ${text(relative(scratch, join(service.dir, name)))})`).join(", ")}],
        bindings = [${Object.entries(service.vars)
          .map(([name, value]) => `(name = ${text(name)}, text = ${text(value)})`)
          .join(", ")}],
        compatibilityDate = ${text(date)},
      ))`;
  const config = join(scratch, `workers-${ports[0]}.capnp`);
  writeFileSync(
    config,
    `
    using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (
      services = [
        ${services.map(described).join(",\n        ")},
        (name = "internet", network = (allow = ["public", "private", "local"], tlsOptions = (trustBrowserCas = true))),
      ],
      v8Flags = ["--max-heap-size=128"], # MB, the platform's limit of an isolate; without it V8 collects later
      sockets = [${ports.map((port, n) => `(name = "h${n}", address = "127.0.0.1:${port}", http = (), service = "s${n}")`).join(", ")}],
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
  const running = await start(binary, ["serve", config], /|/);
  // Connects without sending a request, so that the isolates stay cold.
  await Promise.all(
    ports.map((port) =>
      eventually(
        () =>
          new Promise((done) => {
            const socket = connect(port, "127.0.0.1", () => (socket.destroy(), done(true))).on("error", () =>
              done(false),
            );
          }),
        20_000,
        "workerd",
      ),
    ),
  );
  return { origins: ports.map((port) => `http://127.0.0.1:${port}`), pid: running.pid, stop: running.stop };
}

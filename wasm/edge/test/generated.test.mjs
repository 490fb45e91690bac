// @ts-check
// Clients that generators make from the OpenAPI description read every endpoint,
// and linters find no error in it. The generators are fetched from the registries
// for this test; without these it is skipped.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { backupcheck, eventually, freePort, playApple, root, scratch, start } from "./harness.mjs";

const OAPI_CODEGEN = "github.com/oapi-codegen/oapi-codegen/v2@latest";
const OGEN = "github.com/ogen-go/ogen@latest";
const NPM = ["openapi-typescript@7.13.0", "typescript@5.9.3", "@redocly/cli@2.77.0", "@stoplight/spectral-cli@6.16.3"];

/** Calls each method of both clients, by reflection, and prints what failed. */
const caller = `
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"reflect"
	"strings"

	"generated/oapi"
	"generated/ogen"
)

func main() {
	calls := 0
	second, err := oapi.NewClientWithResponses(os.Args[1])
	if err != nil {
		panic(err)
	}
	first, err := ogen.NewClient(os.Args[1])
	if err != nil {
		panic(err)
	}
	for _, client := range []any{first, second} {
		value := reflect.ValueOf(client)
		for i := range value.NumMethod() {
			name, method := value.Type().Method(i).Name, value.Method(i)
			if _, isOapi := client.(*oapi.ClientWithResponses); !strings.HasPrefix(name, "Get") || isOapi && !strings.HasSuffix(name, "WithResponse") {
				continue
			}
			params := reflect.New(method.Type().In(1)).Elem()
			if params.Kind() == reflect.Pointer {
				params = reflect.New(params.Type().Elem())
			}
			for _, field := range []string{"URL", "Url"} { // of oEmbed
				if f := reflect.Indirect(params).FieldByName(field); f.IsValid() {
					f.SetString("/widget")
				}
			}
			results := method.Call([]reflect.Value{reflect.ValueOf(context.Background()), params})
			calls++
			if err := results[1].Interface(); err != nil {
				fmt.Printf("%T %s: %v\\n", client, name, err)
				continue
			}
			answer := reflect.Indirect(results[0].Elem())
			if response := answer.FieldByName("HTTPResponse"); response.IsValid() && response.Interface().(*http.Response).StatusCode != 200 {
				fmt.Printf("%s: %s\\n", name, response.Interface().(*http.Response).Status)
			}
			if kind := results[0].Elem().Type().String(); strings.Contains(kind, "NotAllowed") || strings.Contains(kind, "Unavailable") || strings.Contains(kind, "BadRequest") {
				fmt.Printf("%s: %s\\n", name, kind)
			}
		}
	}
	fmt.Println("calls:", calls)
}
`;

const reader = (/** @type {string} */ origin) => `
import type { paths } from "./types.js";
type Answer<P extends keyof paths> = paths[P] extends { get: { responses: { 200: { content: { "application/json": infer B } } } } } ? B : never;
async function read<P extends keyof paths>(path: P): Promise<Answer<P>> {
  return (await fetch("${origin}" + String(path))).json() as Promise<Answer<P>>;
}
const status = await read("/api/status");
const level: "unknown" | "operational" | "maintenance" | "degraded" | "outage" = status.level;
const started: (string | null)[] = status.incidents.map((i) => i.started_at);
const history = await read("/api/history");
const minutes: number[] = history.days.map((d) => d.minutes.outage + d.not_watched);
const summary = await read("/api/v2/summary.json");
const indicator: string = summary.status.indicator;
const health = await read("/healthz");
const problems: string[] = health.problems;
console.log(JSON.stringify({ level, started: started.length, minutes: minutes.length, indicator, problems }));
`;

const dir = mkdtempSync(join(scratch, "generated-"));
const description = join(root, "status/api/openapi.json");
/** @param {string} program @param {string[]} args */
const run = (program, ...args) =>
  execFileSync(program, args, {
    cwd: dir,
    encoding: "utf8",
    env: { ...process.env, GOFLAGS: "-mod=mod" },
    stdio: "pipe",
  });
const reachable =
  spawnSync("go", ["list", "-m", OGEN], { cwd: scratch, env: { ...process.env, GOFLAGS: "-mod=mod" }, timeout: 60_000 })
    .status === 0 && spawnSync("npm", ["view", "openapi-typescript", "version"], { timeout: 60_000 }).status === 0;

describe("generated clients", { skip: !reachable && "SKIPPED: the registries can't be reached" }, () => {
  /** @type {Awaited<ReturnType<typeof playApple>>} */
  let apple;
  /** @type {Awaited<ReturnType<typeof start>>} */
  let serve;
  let origin = "";
  before(async () => {
    apple = await playApple();
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    serve = await start(
      backupcheck(),
      ["serve", "-addr", `127.0.0.1:${port}`, "-origin", apple.origin, "-refresh", "100ms"],
      /Backup Check is at/,
      { cwd: scratch },
    );
  });
  after(() => Promise.all([serve.stop(), apple.stop()]));

  /** @param {string} scenario @param {string} level */
  async function show(scenario, level) {
    await apple.show(scenario);
    await eventually(
      async () => /** @type {any} */ (await (await fetch(`${origin}/api/status`)).json()).level === level,
      10_000,
    );
  }

  test("oapi-codegen and ogen", async () => {
    for (const name of ["oapi", "ogen"]) mkdirSync(join(dir, name));
    writeFileSync(join(dir, "go.mod"), "module generated\n\ngo 1.26\n");
    copyFileSync(description, join(dir, "openapi.json"));
    run("go", "get", "-tool", OAPI_CODEGEN.replace("@", "/cmd/oapi-codegen@"), OGEN.replace("@", "/cmd/ogen@"));
    run(
      "go",
      "tool",
      "oapi-codegen",
      "-generate",
      "types,client",
      "-package",
      "oapi",
      "-o",
      "oapi/client.go",
      "openapi.json",
    );
    run("go", "tool", "ogen", "-package", "ogen", "-target", "ogen", "-clean", "openapi.json");
    writeFileSync(join(dir, "main.go"), caller);
    run("go", "mod", "tidy");
    run("go", "build", "-o", "caller", ".");
    for (const [scenario, level] of [
      ["fine", "operational"],
      ["outage", "outage"],
      ["maintenance", "maintenance"],
      ["upcoming", "operational"],
      ["recovered", "operational"],
      ["unlisted", "unknown"],
    ]) {
      await show(scenario, level);
      assert.equal(run(join(dir, "caller"), origin), "calls: 42\n", scenario);
    }
  });

  test("openapi-typescript, redocly and spectral", async () => {
    writeFileSync(join(dir, "package.json"), '{"type":"module"}');
    run("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", ...NPM);
    const bin = (/** @type {string} */ name) => join(dir, "node_modules/.bin", name);
    run(bin("openapi-typescript"), description, "-o", "types.ts");
    writeFileSync(join(dir, "reader.ts"), reader(origin));
    run(
      bin("tsc"),
      "--strict",
      "--target",
      "es2022",
      "--module",
      "nodenext",
      "--skipLibCheck",
      "--lib",
      "es2022,dom",
      "reader.ts",
    );
    await show("outage", "outage");
    const read = JSON.parse(run("node", "reader.js"));
    assert.deepEqual([read.level, read.indicator, read.problems, read.minutes], ["outage", "critical", [], 90]);
    assert.ok(read.started > 0);

    writeFileSync(join(dir, ".spectral.json"), '{"extends":["spectral:oas"]}');
    for (const command of [
      [bin("spectral"), "lint", description, "-r", ".spectral.json", "--fail-severity", "error"],
      [bin("redocly"), "lint", description],
    ])
      run(command[0], ...command.slice(1));
  });
});

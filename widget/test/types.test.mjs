// @ts-check
// The types that the site serves, in programs as owners of pages write them:
// right ones compile, wrong ones don't. React's types here are a stand-in with
// the few names that ours build on.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root, scratch } from "../../wasm/edge/test/harness.mjs";

const react = `
export interface ClassAttributes<T> { key?: string; ref?: { current: T | null } }
export interface HTMLAttributes<T> { id?: string; lang?: string; className?: string; style?: { width?: number }; children?: unknown; onClick?: (event: { target: T }) => void }
export type DetailedHTMLProps<E extends HTMLAttributes<T>, T> = ClassAttributes<T> & E;
export namespace JSX { interface Element {} interface IntrinsicElements { a: HTMLAttributes<HTMLAnchorElement> & { href?: string } } }`;
const runtime = `
export { JSX } from "react";
export function jsx(type: unknown, props: unknown): import("react").JSX.Element;
export const jsxs: typeof jsx;`;
const vue = "export interface GlobalComponents {}";

/** The compiler's errors for a file of an owner's sources. @param {string} name @param {string} source @param {{react?: boolean, vue?: boolean}} [installed] */
function errors(name, source, installed = {}) {
  const dir = mkdtempSync(join(scratch, "types-"));
  const add = (/** @type {string} */ path, /** @type {string} */ text) => {
    mkdirSync(join(dir, path, ".."), { recursive: true });
    writeFileSync(join(dir, path), text);
  };
  copyFileSync(join(root, "widget/assets/embed.d.ts"), join(dir, "embed.d.ts"));
  add(name, source);
  if (installed.react) {
    add("node_modules/react/index.d.ts", react);
    add("node_modules/react/jsx-runtime.d.ts", runtime);
  }
  if (installed.vue) add("node_modules/vue/index.d.ts", vue);
  add(
    "tsconfig.json",
    JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        module: "esnext",
        moduleResolution: "bundler",
        target: "es2022",
        lib: ["es2022", "dom"],
        types: [],
        jsx: "react-jsx",
      },
      include: ["*"],
    }),
  );
  const { stdout, error } = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", dir], {
    encoding: "utf8",
    cwd: dir,
  });
  assert.ifError(error);
  return stdout.trim().split("\n").filter(Boolean);
}

const plain = `
const widget = document.querySelector("backup-check");
if (widget) {
  widget.open("not-enough-storage");
  widget.reset();
  const level: string | undefined = widget.status?.level;
  widget.addEventListener("backup-check:status", (event) => console.log(event.detail.level === "outage", level));
}
document.createElement("backup-check").addEventListener("backup-check-done", ({ detail }) => detail.fixed.valueOf());`;

const component = `
const ref: { current: HTMLElementTagNameMap["backup-check"] | null } = { current: null };
export const Help = () => (
  <backup-check ref={ref} theme="dark" compact={false} style={{ width: 400 }} className="help" onbackup-check-step={(event) => event.detail.number.toFixed()}>
    <a href="https://status.example/widget">iCloud Backup</a>
  </backup-check>
);`;

test("a page's program compiles with the element's types, without React and Vue", () => {
  assert.deepEqual(errors("page.ts", plain), []);
});

test("so does a React component", () => {
  assert.deepEqual(errors("help.tsx", component, { react: true }), []);
});

test("so does a program with Vue, which knows the element", () => {
  const source = `import type { GlobalComponents } from "vue";
    const props: InstanceType<GlobalComponents["backup-check"]>["$props"] = { theme: "light", compact: "" };
    export default props;`;
  assert.deepEqual(errors("main.ts", source, { vue: true }), []);
  assert.match(errors("main.ts", source.replace("light", "pink"), { vue: true }).join("\n"), /TS2322.*"pink"/);
});

for (const [what, right, wrong, error] of [
  ["a method that isn't there", "widget.reset()", "widget.restart()", /TS2339/],
  ["a level that isn't there", '"outage"', '"down"', /TS2367/],
  ["a detail that isn't there", "detail.fixed", "detail.answers", /TS2339/],
  ["a theme that isn't there", '"dark"', '"pink"', /TS2322/],
  ["a detail that isn't there, in React", "detail.number", "detail.answer", /TS2339/],
])
  test(`${what} is an error`, () => {
    const inReact = component.includes(String(right));
    const source = inReact ? component : plain;
    assert.ok(source.includes(String(right)));
    const found = errors(inReact ? "help.tsx" : "page.ts", source.replace(String(right), String(wrong)), {
      react: inReact,
    });
    assert.equal(found.length, 1, found.join("\n"));
    assert.match(found[0], /** @type {RegExp} */ (error));
  });

// @ts-check
// A language is loaded into Go once, from the static files; a failure leaves the
// request to English.
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadLanguage } from "../languages.mjs";

const URL_OF_WIDGET = "https://check.example/widget?lang=de-AT";

/** @param {{tag: string, file: string} | null} missing */
function fakeInstance(missing) {
  const provided = /** @type {[string, string][]} */ ([]);
  return {
    provided,
    missingLanguage: (/** @type {string} */ url) => {
      assert.equal(url, URL_OF_WIDGET);
      return provided.length ? null : missing;
    },
    provideLanguage: (/** @type {string} */ tag, /** @type {Uint8Array} */ texts) =>
      provided.push([tag, new TextDecoder().decode(texts)]) > 0,
  };
}

/** @param {() => Promise<Response>} answer */
function fakeAssets(answer) {
  const fetched = /** @type {string[]} */ ([]);
  return {
    fetched,
    ASSETS: { fetch: (/** @type {URL} */ url) => (fetched.push(String(url)), answer()) },
  };
}

const german = { tag: "de", file: "/assets/de-0123.txt" };

test("a language is loaded on first use only", async () => {
  const instance = fakeInstance(german),
    env = fakeAssets(async () => new Response("a\tä"));
  await loadLanguage(instance, URL_OF_WIDGET, env);
  await loadLanguage(instance, URL_OF_WIDGET, env);
  assert.deepEqual(instance.provided, [["de", "a\tä"]]);
  assert.deepEqual(env.fetched, ["https://check.example/assets/de-0123.txt"]);
});

test("what is there isn't loaded, nor without the static files", async () => {
  const env = fakeAssets(async () => new Response("{}"));
  await loadLanguage(fakeInstance(null), URL_OF_WIDGET, env);
  assert.deepEqual(env.fetched, []);
  const instance = fakeInstance(german);
  await loadLanguage(instance, URL_OF_WIDGET, {});
  assert.deepEqual(instance.provided, []);
});

test("a failure is the language's, not the request's, and is tried again", async () => {
  const log = console.error;
  console.error = () => {};
  try {
    for (const answer of [
      async () => new Response("no", { status: 404 }),
      async () => {
        throw new Error("the network is down");
      },
    ]) {
      const instance = fakeInstance(german),
        env = fakeAssets(answer);
      await loadLanguage(instance, URL_OF_WIDGET, env);
      await loadLanguage(instance, URL_OF_WIDGET, env);
      assert.deepEqual(instance.provided, []);
      assert.equal(env.fetched.length, 2);
    }
    const exited = fakeInstance(german);
    exited.missingLanguage = () => {
      throw new Error("the Go program has exited");
    };
    await loadLanguage(exited, URL_OF_WIDGET, {});
  } finally {
    console.error = log;
  }
});

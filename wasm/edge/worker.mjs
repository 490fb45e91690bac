// @ts-check
// The Worker's entry module: serves HTTP requests and runs the cron trigger.
// It answers from the response cache where it can and calls Go otherwise.

import { callGo, waitForGo } from "./call_go.mjs";
import { errorResponse } from "./errors.mjs";
import { goInstance, prepare } from "./go_instance.mjs";
import { loadLanguage } from "./languages.mjs";
import { logThrottled } from "./log.mjs";
import { handleProbe } from "./probe.mjs";
import { Readings } from "./readings.mjs";
import { ResponseCache } from "./response_cache.mjs";

/** Longest that a request takes, in milliseconds: first for a reading, then for Go, which may query the database. */
const REQUEST_TIME_LIMIT = 9_700;
/** Longest that a cron run waits for Go, in milliseconds. The next run does what is left. */
const CRON_TIME_LIMIT = 25_000;

/** A percent sign without two hexadecimal digits, which Go's parser of URLs refuses. */
const badEscape = /%(?![0-9a-f]{2})/i;

/**
 * Whether the response to a request is the cached one of its address. Go redirects
 * from the landing page to other languages, and to the widget in frames.
 * @param {Request} request @param {string} key path and query
 */
function isAlike({ headers }, key) {
  if (key !== "/" && !key.startsWith("/?")) return true;
  if (/^(i?frame|embed|object)$/.test(headers.get("Sec-Fetch-Dest") ?? "")) return false;
  return key !== "/" || /^\s*(en\b|\*|$)/i.test(headers.get("Accept-Language") ?? "");
}

class Worker {
  #goInstance;
  #responses = new ResponseCache();
  #readings = new Readings(() => this.#responses.clear());

  /** @param {(env: Record<string, unknown>) => import("./boot.mjs").GoInstance} goInstance */
  constructor(goInstance) {
    this.#goInstance = goInstance;
  }

  /**
   * @param {Request} request
   * @param {Record<string, unknown>} env
   * @param {ExecutionContext} ctx
   */
  async fetch(request, env, ctx) {
    const cacheable = request.method === "GET" || request.method === "HEAD";
    // Most requests come with the canonical address. Parsing it as a URL makes
    // the pauses of the garbage collector longer, so only the others are parsed.
    let key = request.url.slice(request.url.indexOf("/", "https://".length));
    let cached = cacheable ? this.#cached(request, key) : undefined;
    if (!cached) {
      const { pathname, search } = new URL(request.url);
      if (pathname === "/probe") return handleProbe(request);
      if (badEscape.test(pathname)) return errorResponse(400, "This address can't be read.");
      key = pathname + search;
      if (cacheable) cached = this.#cached(request, key);
    }
    const started = Date.now();
    try {
      if (cached?.isFresh(started)) {
        if (this.#readings.claimDue(started)) this.#readings.claim(this.#goInstance(env), ctx);
        return cached.respond(request);
      }
      const instance = this.#goInstance(env);
      if (cacheable) await this.#readings.ensureFresh(instance, ctx);
      if (cacheable && request.url.includes("lang=")) await loadLanguage(instance, request.url, env);
      const response = await callGo(instance, request, ctx, REQUEST_TIME_LIMIT - (Date.now() - started));
      if (request.method !== "GET") return new Response(response.body, response);
      return await this.#responses.store([key, request.url], response);
    } catch (error) {
      logThrottled("handling a request failed", error);
      if (cached?.isUsableOnError(started)) return cached.respond(request);
      return errorResponse(503, "The status can't be answered right now. Try again in a moment.");
    }
  }

  /**
   * The cached response to a request, if there is one. Those that contain the origin
   * are cached by the whole address.
   * @param {Request} request @param {string} key path and query
   */
  #cached(request, key) {
    if (isAlike(request, key)) return this.#responses.get(key) ?? this.#responses.get(request.url);
  }

  /**
   * Does the work of one minute. A run takes no lock, so one that is cut off or
   * overlaps with another doesn't block the next one.
   *
   * @param {ScheduledController} controller
   * @param {Record<string, unknown>} env
   */
  async scheduled(controller, env) {
    try {
      const instance = this.#goInstance(env);
      const done = instance.runOnce().then(() => /** @type {const} */ (true));
      await waitForGo(instance, done, CRON_TIME_LIMIT);
      this.#readings.refreshed();
    } catch (error) {
      logThrottled("the cron run failed", error);
    }
  }
}

const worker = new Worker(goInstance);
export default {
  /** @param {Request} request @param {Record<string, unknown>} env @param {ExecutionContext} ctx */
  fetch: (request, env, ctx) => worker.fetch(request, env, ctx),
  /** @param {ScheduledController} controller @param {Record<string, unknown>} env */
  scheduled: (controller, env) => worker.scheduled(controller, env),
};

await prepare((goInstance) => new Worker(goInstance));

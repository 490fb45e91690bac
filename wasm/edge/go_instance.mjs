// @ts-check
// Holds this isolate's Go instance: the one that was booted and rehearsed at the
// module's top level, and another one if that has exited.

import * as go from "./boot.mjs";
import { logThrottled } from "./log.mjs";
import { ports } from "./ports.mjs";
import { rehearse } from "./rehearsal.mjs";

/** @typedef {import("./boot.mjs").GoInstance} GoInstance */

/** Booted at the top level, and not started yet. @type {ReturnType<typeof go.boot> | undefined} */
let prepared;
/** Why there is none. @type {unknown} */
let failure;
/** @type {GoInstance | undefined} */
let current;

/**
 * Returns this isolate's Go instance, and starts one if there is none or the last
 * one has exited. Starting takes one synchronous turn, so concurrent requests
 * share one instance.
 *
 * @param {Record<string, unknown>} env
 */
export function goInstance(env) {
  if (!current || current.go.exited) {
    if (failure) logThrottled("preparing the Go program failed", failure);
    failure = undefined;
    const context = prepared ?? boot(current !== undefined);
    prepared = undefined;
    current = start(context, env);
  }
  return current;
}

/** @param {boolean} restart */
function boot(restart) {
  const context = go.boot();
  console.log(JSON.stringify({ level: "INFO", msg: "the Go program started", restart }));
  return context;
}

/** @param {ReturnType<typeof go.boot>} context @param {Record<string, unknown>} env */
function start(context, env) {
  context.env = { ...env, ...ports(env) };
  context.binding.start();
  return context.binding;
}

/**
 * Boots and rehearses an instance. Call it at the module's top level, whose CPU
 * time is no request's. If that fails, the first request boots an instance.
 *
 * @param {import("./rehearsal.mjs").CreateWorker} createWorker
 */
export async function prepare(createWorker) {
  try {
    const context = boot(false);
    await rehearse((env) => start(context, env), createWorker);
    prepared = context;
  } catch (error) {
    failure = error;
  } finally {
    go.leaveTopLevel();
  }
}

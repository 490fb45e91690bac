// @ts-check
// Schedules readings of Apple's status. Go decides when one is due and gives out
// the lease; this module runs it in the background of a request.

import { isWithin } from "./interval.mjs";

/** @typedef {import("./boot.mjs").GoInstance} GoInstance */

/** Longest that a request waits for a reading, in milliseconds. */
const READING_TIME_LIMIT = 6_500;

export class Readings {
  // Between these times Go has nothing to do for a claim.
  #lastClaim = 0;
  #nextClaim = 0;
  /** @type {GoInstance | undefined} */
  #claimant;
  #onRefresh;

  /** @param {() => void} onRefresh called after each reading */
  constructor(onRefresh) {
    this.#onRefresh = onRefresh;
  }

  /**
   * Whether it is time to call claim again. The lease of a Go program that has
   * exited says nothing about the next one.
   * @param {number} now
   */
  claimDue(now) {
    return this.#claimant?.go.exited || !isWithin(now, this.#lastClaim, this.#nextClaim);
  }

  /**
   * Claims the next reading, and starts it if this request got the lease.
   * @param {GoInstance} instance @param {ExecutionContext} ctx
   */
  claim(instance, ctx) {
    const claim = instance.claim();
    this.#claimant = instance;
    this.#lastClaim = Date.now();
    this.#nextClaim = claim.next;
    // waitUntil lets the reading continue after the client disconnects. If it is
    // cancelled all the same, the lease expires and another request claims it.
    const reading = claim.lease ? instance.refresh(claim.lease).then(() => this.refreshed()) : undefined;
    if (reading) ctx.waitUntil(reading);
    return { wait: claim.wait, reading };
  }

  /**
   * Waits until there is a reading to respond with, or until the time limit.
   * A request that waits for another request's reading polls with timers of its
   * own: if it only awaited a promise of the other one, the runtime would see no
   * pending I/O and cancel it as hung. One that waits for its own polls as well,
   * because a Go program that exits never settles its promises.
   *
   * @param {GoInstance} instance @param {ExecutionContext} ctx
   */
  async ensureFresh(instance, ctx) {
    const { wait, reading } = this.claim(instance, ctx);
    const started = Date.now();
    // After its end this one waits like the others, if a cron run has taken the lease.
    const ended = () => void (own = undefined);
    let own = reading?.then(ended, ended);
    for (
      let pause = own ? 50 : 5;
      wait && !instance.go.exited && !instance.settled(wait) && Date.now() - started < READING_TIME_LIMIT;
      pause = Math.min(pause * 1.5, 100)
    ) {
      const paused = scheduler.wait(pause);
      await (own ? Promise.race([own, paused]) : paused);
    }
  }

  /** Invalidates what depends on the last reading. Call it after a new one. */
  refreshed() {
    this.#nextClaim = 0;
    this.#onRefresh();
  }
}

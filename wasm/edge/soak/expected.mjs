// @ts-check
// Which levels the Worker may report at a time, given what Apple showed.

/** Milliseconds after which a change must be reported: there is a reading each second, which takes some time. */
const DELAY = 6_000;
/**
 * The same while the database hangs. A reading then waits 3 s for it, and begins
 * anew where a cron run takes its place or the Go program exits.
 */
export const DELAY_WITHOUT_DATABASE = 15_000;

/**
 * Levels that may be reported while Apple shows something; none while it can't be read.
 * @typedef {{from: number, certain: number, to: number, levels: string[]}} Span
 */

/** The levels that Apple showed, in order. */
export class Expected {
  /** @type {Span[]} */
  #spans = [];
  #busyUntil = 0;

  /**
   * Records a change, after it was made.
   * @param {number} from when the change was requested: it may be read from then on
   * @param {string[]} levels any of which may be reported; empty if nothing can be read
   * @param {number} [tail] milliseconds that a reading may take after the end of this state
   * @param {number} [delay] milliseconds after which it must be reported
   */
  change(from, levels, tail = 0, delay = DELAY) {
    const now = Date.now(),
      last = this.#spans.at(-1);
    if (last) last.to = now;
    if (last && !last.levels.length) this.#busyUntil = Math.max(this.#busyUntil, now + this.#tail);
    this.#tail = tail;
    this.#spans.push({ from, certain: Math.max(now, this.#busyUntil) + delay, to: Infinity, levels });
  }
  #tail = 0;

  /** Whether what Apple shows must have been read by a time. @param {number} at */
  isRead(at) {
    const { levels = [], certain = 0 } = this.#spans.at(-1) ?? {};
    return levels.length > 0 && at >= certain;
  }

  /**
   * Returns the levels that a response may have, by the times at which it was
   * requested and received: the current one, and earlier ones as long as the
   * change may not have been read yet.
   * @param {number} sent @param {number} received
   */
  allowed(sent, received) {
    /** @type {Set<string>} */
    const levels = new Set();
    for (const span of this.#spans.toReversed()) {
      if (span.from > received || !span.levels.length) continue;
      for (const level of span.levels) levels.add(level);
      if (Math.min(span.to, sent) >= span.certain) return levels;
    }
    return levels.add("unknown"); // possibly nothing was read yet
  }
}

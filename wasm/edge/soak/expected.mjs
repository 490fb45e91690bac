// @ts-check
// What the Worker may say at a time, by what Apple was played to show.

/** Milliseconds after which a change that Apple shows has to be told: a reading each second, and time to take it. */
const FRESH = 3_000;

/**
 * Levels that Apple shows, or "" while it can't be read.
 * @typedef {{from: number, certain: number, to: number, level: string}} Span
 */

/** What was shown from when to when, and what follows from it. */
export class Truth {
  /** @type {Span[]} */
  #spans = [];
  #busyUntil = 0;

  /**
   * Notes a change. It may be read from before it was asked for.
   * @param {number} from when it was asked for
   * @param {string} level "" if nothing can be read
   * @param {number} [tail] milliseconds that a reading may go on after its end
   */
  change(from, level, tail = 0) {
    const now = Date.now(),
      last = this.#spans.at(-1);
    if (last) last.to = now;
    if (last && !last.level) this.#busyUntil = Math.max(this.#busyUntil, now + this.#tail);
    this.#tail = tail;
    this.#spans.push({ from, certain: Math.max(now, this.#busyUntil) + FRESH, to: Infinity, level });
  }
  #tail = 0;

  /**
   * The levels that an answer may tell, asked for and received at these times:
   * what is shown, and what was shown last as long as the change may not have
   * been read.
   * @param {number} asked @param {number} received
   */
  allowed(asked, received) {
    /** @type {Set<string>} */
    const levels = new Set();
    for (const span of this.#spans.toReversed()) {
      if (span.from > received || !span.level) continue;
      levels.add(span.level);
      if (Math.min(span.to, asked) >= span.certain) return levels;
    }
    return levels.add("unknown"); // nothing was certainly read yet
  }
}

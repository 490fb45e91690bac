// @ts-check

/**
 * Whether from <= now < to. The lower bound is checked because the clock may
 * have been set back: what was stored "in the future" doesn't count.
 *
 * @param {number} now @param {number} from @param {number} to
 */
export const isWithin = (now, from, to) => now >= from && now < to;

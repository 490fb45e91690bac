// @ts-check
// The answers to the question when the backup failed become spans of time.
import assert from "node:assert/strict";
import { test } from "node:test";
import { failureSpan, spanAround } from "../assets/when.js";

process.env.TZ = "America/New_York";

/** @param {number} day @param {number} hour @param {number} [minute] */
const at = (day, hour, minute = 0) => new Date(2026, 10, day, hour, minute).getTime();
/** @param {number} from @param {number} to */
const span = (from, to) => ({ from: from / 1000, to: to / 1000 });

for (const [name, found, expected] of /** @type {[string, object | null, object | null][]} */ ([
  ["today is from midnight to now", failureSpan("today", at(23, 15, 30)), span(at(23, 0), at(23, 15, 30))],
  ["last night is from 20:00 to 08:00", failureSpan("last-night", at(23, 15)), span(at(22, 20), at(23, 8))],
  ["last night ends now if it isn't over", failureSpan("last-night", at(23, 3)), span(at(22, 20), at(23, 3))],
  ["skip names no time", failureSpan("skip", at(23, 15)), null],
  ["a picked time is an hour on either side", spanAround(at(20, 10), at(23, 15)), span(at(20, 9), at(20, 11))],
  ["a picked time ends now at the latest", spanAround(at(23, 15), at(23, 15, 10)), span(at(23, 14), at(23, 15, 10))],
  ["milliseconds are dropped", spanAround(at(20, 10) + 999, at(23, 15)), span(at(20, 9), at(20, 11))],
]))
  test(name, () => assert.deepEqual(found, expected));

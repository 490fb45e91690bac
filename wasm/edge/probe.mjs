// @ts-check
// POST /probe: the widget measures the speed of the reader's upload.

import { errorResponse, securityHeaders } from "./errors.mjs";

/** Bytes that are accepted. */
const LIMIT = 512 * 1024;
/** Bytes after which reading stops. Up to there a body that is too large is read: a proxy may hold back a response that comes before the end of the request. */
const READ_LIMIT = 10 * LIMIT;

/**
 * Reads the body and discards it.
 * @param {Request} request
 */
export async function handleProbe(request) {
  if (request.method !== "POST") return errorResponse(405, "This address takes POST only.", { Allow: "POST" });
  let bytes = 0;
  for await (const chunk of /** @type {AsyncIterable<Uint8Array>} */ (/** @type {unknown} */ (request.body ?? []))) {
    bytes += chunk.byteLength;
    if (bytes > READ_LIMIT) break;
  }
  if (bytes > LIMIT) return errorResponse(413, `This address takes ${LIMIT} bytes at most.`);
  return new Response(null, { status: 204, headers: { ...securityHeaders, "Cache-Control": "no-store" } });
}

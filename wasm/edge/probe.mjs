// @ts-check
// POST /probe: the widget measures the speed of the reader's upload.

import { errorResponse, securityHeaders } from "./errors.mjs";
import { withTimeout } from "./timeout.mjs";

/** Bytes that are accepted. */
const LIMIT = 512 * 1024;
/** Bytes after which reading stops. Up to there a body that is too large is read: a proxy may hold back a response that comes before the end of the request. */
const READ_LIMIT = 10 * LIMIT;

/** Longest that a body takes, in milliseconds: as the native program's limit. */
const TIME_LIMIT = 20_000;

/**
 * Reads the body and discards it.
 * @param {Request} request
 * @param {number} [limit] milliseconds
 */
export async function handleProbe(request, limit = TIME_LIMIT) {
  if (request.method !== "POST") return errorResponse(405, "This address takes POST only.", { Allow: "POST" });
  const reader = request.body?.getReader();
  let bytes = 0;
  const readAll = async () => {
    for (let chunk = await reader?.read(); chunk && !chunk.done && bytes <= READ_LIMIT; chunk = await reader?.read())
      bytes += chunk.value.byteLength;
  };
  try {
    await withTimeout("the client", readAll(), limit);
  } catch {
    return errorResponse(408, "The upload took too long.");
  } finally {
    reader?.cancel().catch(() => {});
  }
  if (bytes > LIMIT) return errorResponse(413, `This address takes ${LIMIT} bytes at most.`);
  return new Response(null, { status: 204, headers: { ...securityHeaders, "Cache-Control": "no-store" } });
}

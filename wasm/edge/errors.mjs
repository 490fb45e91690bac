// @ts-check
// Responses that the entry module makes itself, without Go.

/** The security headers of every response: the same as SecurityHeaders in package respond. */
export const securityHeaders = {
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Cross-Origin-Resource-Policy": "cross-origin",
  "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
  "Referrer-Policy": "no-referrer",
  "Strict-Transport-Security": "max-age=31536000",
  "X-Content-Type-Options": "nosniff",
};

/**
 * Returns an error as Error in package respond does.
 * @param {number} status @param {string} message one sentence @param {Record<string, string>} [headers]
 */
export function errorResponse(status, message, headers) {
  return Response.json(
    { error: message },
    {
      status,
      headers: {
        ...securityHeaders,
        "Cache-Control": "no-store",
        ...(status >= 500 && { "Retry-After": "1" }),
        "Access-Control-Allow-Origin": "*",
        ...headers,
      },
    },
  );
}

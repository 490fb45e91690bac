// @ts-check
// The classes that Go takes for the platform's Request and Response. Those can't
// be made at the module's top level, and take longer to make: only the entry
// module makes one, of the response that it sends.

export class GoRequest {
  /** @param {string} url @param {{method: string, headers: Iterable<[string, string]>, body?: ReadableStream}} init */
  constructor(url, { method, headers, body }) {
    this.url = url;
    this.method = method;
    this.headers = headers;
    this.body = body ?? null;
  }
}

export class GoResponse {
  /** @param {Uint8Array<ArrayBuffer> | null} body @param {{status: number, statusText: string, headers: Headers}} init */
  constructor(body, { status, statusText, headers }) {
    this.body = body;
    this.status = status;
    this.statusText = statusText;
    this.headers = headers;
  }

  async arrayBuffer() {
    return this.body?.buffer ?? new ArrayBuffer(0);
  }
}

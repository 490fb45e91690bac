// @ts-check
// What Go takes for the platform's classes Headers and Response. A Response can't
// be made at the module's top level, and both take longer to make: only the entry
// module makes one, of the answer that it sends.

/** Has all headers in one: see buffer.go. */
export class GoHeaders {
  fields = "[]";

  /** @param {string} _ @param {string} fields JSON, a list of pairs */
  append(_, fields) {
    this.fields = fields;
  }
}

export class GoResponse {
  /** @param {Uint8Array<ArrayBuffer> | null} body @param {{status: number, statusText: string, headers: GoHeaders}} init */
  constructor(body, { status, statusText, headers }) {
    this.body = body;
    this.status = status;
    this.statusText = statusText;
    this.headers = new Headers(JSON.parse(headers.fields));
  }

  async arrayBuffer() {
    return this.body?.buffer ?? new ArrayBuffer(0);
  }
}

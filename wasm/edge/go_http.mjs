// @ts-check
// What Go takes for the platform's Response. That can't be made at the module's
// top level, and takes longer to make: only the entry module makes one, of the
// answer that it sends.

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

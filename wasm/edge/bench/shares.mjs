// @ts-check
// How the code of a Go program is distributed over packages.

/**
 * Groups of functions, with prefixes of their names. A group is a package with
 * the dependencies that are mostly its own. The linker writes "_" for
 * each character of a name that isn't a letter, a digit or a dot.
 * @type {[string, string[]][]}
 */
const groups = [
  ["this project", ["backupcheck_", "main."]],
  [
    "net/http and net, with cryptography",
    [
      "net_",
      "net.",
      "crypto_",
      "crypto.",
      "mime",
      "vendor_",
      "compress_",
      "math_big",
      "encoding_asn1",
      "encoding_pem",
      "hash_",
    ],
  ],
  [
    "goquery, with x/net/html and regexp",
    ["github.com_PuerkitoBio_", "github.com_andybalholm_cascadia", "golang.org_x_net_html", "regexp"],
  ],
  ["gjson", ["github.com_tidwall_"]],
  ["syumai/workers", ["github.com_syumai_"]],
  ["templ, with text/template", ["github.com_a-h_templ", "text_template", "html"]],
  ["database/sql", ["database_sql"]],
  ["log/slog", ["log"]],
  ["encoding/json and reflect", ["encoding_json", "reflect."]],
  ["the runtime", ["runtime", "internal_", "sync", "syscall", "type_", "go_", "_"]],
];

/**
 * Reads how many bytes of code each group has in a Wasm program that was
 * linked with its names (without -s), the largest first.
 *
 * @param {Buffer} wasm
 * @returns {[group: string, bytes: number][]}
 */
export function shares(wasm) {
  let at = 8; // behind magic and version
  const number = () => {
    // unsigned LEB128
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  const text = () => {
    const length = number();
    return wasm.toString("utf8", at, (at += length));
  };
  /** Runs over a vector. @param {(index: number) => void} read */
  const each = (read) => {
    for (let n = 0, count = number(); n < count; n++) read(n);
  };

  let imports = 0;
  /** @type {number[]} */
  const sizes = [];
  /** @type {Map<number, string>} */
  const names = new Map();
  while (at < wasm.length) {
    const section = wasm[at++],
      end = number() + at;
    if (section === 2) {
      // imports, which come first in the numbering of functions
      each(() => {
        (text(), text());
        if (wasm[at++] !== 0) throw new Error("the program imports something other than functions");
        number();
        imports++;
      });
    } else if (section === 10) {
      // code
      each(() => {
        const size = number();
        sizes.push(size);
        at += size;
      });
    } else if (section === 0 && text() === "name") {
      while (at < end) {
        const kind = wasm[at++],
          next = number() + at;
        if (kind === 1) each(() => names.set(number(), text()));
        at = next;
      }
    }
    at = end;
  }
  if (!names.size) throw new Error("the program was linked without names");
  /** @type {Map<string, number>} */
  const sums = new Map();
  sizes.forEach((size, n) => {
    const name = names.get(imports + n) ?? "";
    const group =
      groups.find(([, prefixes]) => prefixes.some((prefix) => name.startsWith(prefix)))?.[0] ??
      "the rest of the standard library";
    sums.set(group, (sums.get(group) ?? 0) + size);
  });
  return [...sums].sort(([, a], [, b]) => b - a);
}

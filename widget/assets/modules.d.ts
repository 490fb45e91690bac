// The modules that the bundler provides (cmd/backupcheck).

declare module "go:wasm_exec" {}

declare var Go: new () => {
  importObject: WebAssembly.Imports;
  run(instance: WebAssembly.Instance): Promise<void>;
};

declare module "locale:embed" {
  /** The texts of embed.js by BCP 47 tag. */
  const texts: Record<string, { title: string }>;
  export default texts;
}

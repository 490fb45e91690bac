// The modules that the bundler provides (cmd/backupcheck).

declare module "go:wasm_exec" {}

declare var Go: new () => {
  importObject: WebAssembly.Imports;
  run(instance: WebAssembly.Instance): Promise<void>;
};

declare module "locale:embed" {
  /** The BCP 47 tags of the languages. */
  const languages: string[];
  export default languages;
}

declare module "locale:english" {
  /** The address of the English texts. */
  const address: string;
  export default address;
}

declare module "locale:menu" {
  /** The languages by BCP 47 tag: their names in themselves, and what the menu is called. */
  const languages: Record<string, { name: string; label: string }>;
  export default languages;
}

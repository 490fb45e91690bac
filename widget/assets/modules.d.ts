// What the bundler puts in.

declare module "go:wasm_exec" {}

declare var Go: new () => {
  importObject: WebAssembly.Imports;
  run(instance: WebAssembly.Instance): Promise<void>;
};

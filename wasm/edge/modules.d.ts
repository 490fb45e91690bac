// Files that the build adds to the modules.

declare module "*/app.wasm" {
  const program: WebAssembly.Module;
  export default program;
}

declare module "*/wasm_exec.js" {}

declare var Go: new () => {
  importObject: WebAssembly.Imports;
  exited: boolean;
  run(instance: WebAssembly.Instance, context: object): Promise<void>;
};

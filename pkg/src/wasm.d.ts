/** The build puts a wasm that is imported into the script, as base64. */
declare module "*.wasm" {
  const base64: string;
  export default base64;
}

/** An API and its connection types, as the engine's `add` takes them. */
declare const bundle: object;
export default bundle;

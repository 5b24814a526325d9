import { JackfieldFormElement } from "./element.js";

/** Registers the element. A name that is taken stays with its owner: that is said once and does not throw. */
export function define(name = "jackfield-form"): void {
  const registry = globalThis.customElements;
  if (!registry) return;
  const owner = registry.get(name);
  if (owner) {
    if (owner !== JackfieldFormElement) console.warn(`jackfield: <${name}> is defined already.`);
    return;
  }
  // One class has one name; further names get classes of their own.
  registry.define(name, registry.getName?.(JackfieldFormElement) ? class extends JackfieldFormElement {} : JackfieldFormElement);
}

/** Registers `<jackfield-list>`, unless the name is taken. */
import { JackfieldListElement } from "./list-element.js";

export { JackfieldListElement };
export { JackfieldDeleteEvent, JackfieldOpenEvent, type JackfieldListEvents } from "./list-events.js";

const registry = globalThis.customElements;
if (registry && !registry.get("jackfield-list")) registry.define("jackfield-list", JackfieldListElement);

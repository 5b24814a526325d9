/** Registers `<jackfield-form>`. */
import { define } from "./define.js";

export * from "./core.js";
export * from "./element.js";
export { define } from "./define.js";

define();

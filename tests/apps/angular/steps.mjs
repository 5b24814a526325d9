export { default } from "../framework-steps.mjs";

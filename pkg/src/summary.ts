import type { Fault } from "./contract.js";
import { make, set } from "./dom.js";

/** One line of the summary. */
export interface Line { fault: Fault; text: string; target: string | null }

/** Every fault by name, each a link to its field. */
export function drawSummary(go: (fault: Fault) => void): { root: HTMLElement; update(lines: Line[]): void } {
  const root = make("ul", { class: "jf-summary", hidden: true });
  let drawn = "";
  const update = (lines: Line[]) => {
    const now = JSON.stringify(lines.map(({ text, target }) => [text, target]));
    if (now === drawn) return;
    drawn = now;
    root.replaceChildren(...lines.map(({ fault, text, target }) => {
      if (!target) return make("li", {}, text);
      const link = make("a", { href: `#${target}`, class: "jf-link" }, text);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        go(fault);
      });
      return make("li", {}, link);
    }));
    set(root, "hidden", lines.length === 0);
  };
  return { root, update };
}

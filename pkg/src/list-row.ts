import type { Listed, Operation, TypeInfo } from "./contract.js";
import { button, make, set, write } from "./dom.js";
import { drawIcon } from "./icon.js";

/** What came of an action: a sentence, and whether it is good news. */
export interface Said { text: string; good?: boolean }

/** What the rows need from their list. */
export interface RowHost {
  readonly icons: string | null;
  text(what: string, params?: Record<string, string | number>): string;
  /** Does it, and gives what is left to say. */
  act(operation: Operation, item: Listed, signal: AbortSignal): Promise<Said | undefined>;
}

/** One connection on the page. `cancel` gives up the request under way. */
export interface Row { readonly root: HTMLElement; cancel(): void }

/** Draws a connection with a button for each of these operations. */
export function drawRow(item: Listed, type: TypeInfo | undefined, name: string, can: readonly Operation[], host: RowHost): Row {
  const { text } = host;
  const title = type?.title ?? item.type;
  const buttons = make("div", { class: "jf-offers" });
  const note = make("p", { role: "status" });
  let end = new AbortController();

  const action = (what: string, press: () => void, kind = "") => {
    const label = text(what);
    return button(`jf-quiet ${kind}`, label, press, { "aria-label": text("action_of", { action: label, label: name }) });
  };
  /** Whoever was on a button here goes on at `to`. */
  const swap = (to: HTMLElement | undefined, ...nodes: HTMLElement[]) => {
    const inside = buttons.matches(":focus-within");
    buttons.replaceChildren(...nodes);
    if (inside) to?.focus();
  };
  const rest = (after?: Operation) => {
    const nodes = can.map((operation) => action(`list_${operation}`, () => operation === "delete" ? ask() : void run(operation)));
    swap(nodes[can.indexOf(after as Operation)], ...nodes);
  };
  const ask = () => {
    const keep = action("list_keep", () => rest("delete"));
    swap(keep, action("list_sure", () => void run("delete"), "jf-fault"), keep);
  };
  const run = async (operation: Operation) => {
    end = new AbortController();
    const cancel = action("cancel", () => end.abort());
    swap(cancel, make("span", { class: "jf-help" }, text("submitting")), cancel);
    write(note, "");
    const said = await host.act(operation, item, end.signal);
    rest(operation);
    set(note, "class", said?.good ? "jf-help" : "jf-fault");
    write(note, said?.text ?? "");
  };
  rest();

  const root = make("li", { class: "jf-entry" },
    drawIcon({ ...type, title }, host.icons),
    make("div", { class: "jf-entry-words" },
      make("p", { class: "jf-type-title" }, name),
      make("p", { class: "jf-help" }, title),
      note),
    buttons);
  return { root, cancel: () => end.abort() };
}

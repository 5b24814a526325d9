import type { Listed, Operation, TypeInfo } from "./contract.js";
import { button, make, set, write } from "./dom.js";
import { drawRow, type Row, type RowHost } from "./list-row.js";
import { plain } from "./picker.js";

/** How many rows are shown at first, and how many more at a time. */
const PAGE = 100;
/** So many are seen at a glance: more than these can be searched. */
const FEW = 7;
/** What a row may have a button for, in their order; what changes nothing is in the middle. */
const ACTIONS: readonly Operation[] = ["update", "create", "test", "delete"];

/** What the view needs from the list. */
export interface ViewHost extends RowHost {
  load(): void;
  cancel(): void;
}

interface Entry { readonly item: Listed; readonly name: string; readonly words: string; row?: Row }

export type ListView = ReturnType<typeof drawList>;

/** The list on the page. What did not change is not drawn again, and what was never shown is not drawn at all. */
export function drawList(host: ViewHost) {
  const { text } = host;
  // An id that no form has: the search belongs to no form around the element.
  const search = make("input", { type: "search", class: "jf-input", form: "jf-none" });
  const find = make("label", { class: "jf-find" }, make("span", { class: "jf-label" }, text("list_search")), search);
  const count = make("p", { class: "jf-count", role: "status", tabindex: "-1" });
  const cancel = button("jf-quiet", text("cancel"), host.cancel);
  const retry = button("jf-quiet", text("retry"), host.load);
  const alert = make("div", { class: "jf-alert", role: "alert" });
  const list = make("ul", { class: "jf-entries", "aria-label": text("list_title") });
  let entries = new Map<string, Entry>();
  let types = new Map<string, TypeInfo>();
  let operations: readonly Operation[] = [];
  let limit = PAGE;

  const more = button("jf-quiet", "", () => {
    const last = list.lastElementChild;
    limit += PAGE;
    draw();
    last?.nextElementSibling?.querySelector("button")?.focus();
  });
  search.addEventListener("input", () => {
    limit = PAGE;
    draw();
  });

  const row = ({ item, name }: Entry): Row => {
    const type = types.get(item.type);
    // One that may not be edited can be seen where the API shows it, in an answer or in the list itself.
    const wanted: readonly Operation[] = item.readOnly ? ["get", "create", "test"] : ACTIONS;
    const can = (one: Operation) => operations.includes(one) || one === "get" && operations.includes("update");
    // A form needs a type that it knows.
    return drawRow(item, type, name, wanted.filter((one) => can(one) && (type || one === "delete")), host);
  };

  const draw = (said = "") => {
    const query = search.value.trim();
    const asked = plain(query).split(" ");
    const found = Array.from(entries.values()).filter(({ words }) => asked.every((word) => words.includes(word)));
    const shown = new Set<Element>(found.slice(0, limit).map((entry) => (entry.row ??= row(entry)).root));
    for (const node of Array.from(list.children)) if (!shown.has(node)) node.remove();
    let at = list.firstElementChild;
    for (const node of shown) {
      if (node === at) at = at.nextElementSibling;
      else list.insertBefore(node, at);
    }
    const rest = found.length - shown.size;
    set(list, "hidden", !shown.size);
    set(find, "hidden", entries.size <= FEW && !query);
    set(more, "hidden", !rest);
    write(more, text("list_more", { count: Math.min(rest, PAGE) }));
    const sum = found.length ? text("list_found", { count: found.length })
      : entries.size ? text("list_none", { query })
      : alert.hidden ? text("list_empty") : "";
    write(count, `${said} ${sum}`.trim());
  };

  /** Whether the list is being asked for, and what went wrong. What is shown stays. */
  const settle = (busy: boolean, failed: readonly string[] = []) => {
    const inside = [cancel, retry].some((node) => node.matches(":focus"));
    alert.replaceChildren(...failed.map((sentence) => make("p", {}, sentence)), retry);
    set(alert, "hidden", !failed.length);
    set(cancel, "hidden", !busy);
    draw();
    if (busy) write(count, text("listing"));
    if (inside) (busy ? cancel : failed.length ? retry : count).focus();
  };
  settle(true);

  return {
    root: make("div", { class: "jf-list" }, find, count, cancel, alert, list, more),
    settle,

    /** What came. */
    show(items: readonly Listed[], of: readonly TypeInfo[], can: readonly Operation[]) {
      types = new Map(of.map((type) => [type.id, type]));
      operations = can;
      const before = entries;
      entries = new Map(items.map((item) => {
        const key = JSON.stringify(item);
        const name = item.name || text("list_unnamed", { id: item.id });
        return [key, before.get(key) ?? { item, name, words: plain(`${name} ${types.get(item.type)?.title ?? item.type}`) }];
      }));
    },

    /** A connection is gone; `message` is what the server says against it. Who was on its row goes on at the next one. */
    remove(item: Listed, message = "") {
      const key = JSON.stringify(item);
      const { row, name = "" } = entries.get(key) ?? {};
      const inside = row?.root.matches(":focus-within");
      const next = row?.root.nextElementSibling ?? row?.root.previousElementSibling;
      entries.delete(key);
      draw(`${text("list_deleted", { name })} ${message}`.trim());
      if (inside) (next?.querySelector("button") ?? count).focus();
    },

    /** Gives up every request under way. */
    close() {
      for (const { row } of entries.values()) row?.cancel();
    },
  };
}

import type { TypeInfo } from "./contract.js";
import { make, set, write } from "./dom.js";
import { drawIcon } from "./icon.js";

/** What the picker needs from the element. */
export interface PickerHost {
  readonly id: string;
  readonly owned: { readonly form?: string };
  readonly icons: string | null;
  text(what: string, params?: Record<string, string | number>): string;
  pick(type: string): void;
}

/** The list of connection types with a search by name and synonym. */
export function drawPicker(types: TypeInfo[], host: PickerHost): { root: HTMLElement; focus(): void } {
  const search = make("input", {
    ...host.owned, type: "search", id: `${host.id}-search`, class: "jf-input jf-search", autocomplete: "off",
    autocapitalize: "none", spellcheck: "false", placeholder: host.text("search_hint"), "aria-controls": `${host.id}-types`,
  });
  const count = make("p", { class: "jf-count", role: "status" });
  const items = new Map(types.map((type) => [type, item(type, host)]));
  const list = make("ul", { class: "jf-types", id: `${host.id}-types`, "aria-label": host.text("types") }, ...items.values());

  const filter = () => {
    const query = plain(search.value);
    const found = types.map((type) => ({ type, rank: rank(type, query) })).filter(({ rank }) => rank < Infinity);
    if (query) found.sort((a, b) => a.rank - b.rank);
    list.replaceChildren(...found.map(({ type }) => items.get(type) as Node));
    set(list, "hidden", found.length === 0);
    write(count, found.length || !query
      ? host.text("found", { count: found.length })
      : host.text("found_none", { query: search.value.trim() }));
  };
  search.addEventListener("input", filter);
  filter();

  const root = make("div", { class: "jf-picker" },
    make("label", { class: "jf-label", for: search.id }, host.text("search")), search, count, list);
  root.addEventListener("keydown", (event) => {
    const buttons = Array.from(list.querySelectorAll("button"));
    if (event.key === "Enter" && event.target === search && !event.isComposing) {
      // The host's form must not be submitted, and the first match is what was meant.
      event.preventDefault();
      if (search.value.trim()) buttons[0]?.click();
      return;
    }
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const to = event.key === "ArrowDown" ? at + 1 : event.key === "ArrowUp" ? at - 1 : undefined;
    if (to === undefined || (at < 0 && event.target !== search)) return;
    event.preventDefault();
    (buttons[to] ?? (to < 0 ? search : undefined))?.focus();
  });
  return { root, focus: () => search.focus() };
}

function item(type: TypeInfo, host: PickerHost): HTMLElement {
  const button = make("button", { ...host.owned, type: "button", class: "jf-type", "data-type": type.id },
    drawIcon(type, host.icons), make("span", { class: "jf-type-title" }, type.title));
  button.addEventListener("click", () => host.pick(type.id));
  return make("li", {}, button);
}

/** How well a type answers a query; `Infinity` where it does not. */
function rank(type: TypeInfo, query: string): number {
  const names = [type.title, type.id, ...type.synonyms].map(plain);
  if (names.includes(query)) return 0;
  if (names.some((name) => name.startsWith(query))) return 1;
  const all = names.join("\n");
  return query.split(" ").every((word) => all.includes(word)) ? 2 : Infinity;
}

/** Text as it is compared: lower case, without accents, single spaces, and Turkish i with and without a dot alike. */
export function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ı", "i").trim().replace(/\s+/g, " ");
}

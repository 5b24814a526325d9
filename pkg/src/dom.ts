/** The only way in which nodes are made and written: text is text, and what is already so is not written again. */

type Attributes = Record<string, string | boolean | undefined>;

/** A new element; `true` is an empty attribute, `false` and `undefined` none. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(node, name, value);
  node.append(...children);
  return node;
}

/** Writes an attribute if it differs. */
export function set(node: Element, name: string, value: string | boolean | undefined): void {
  const text = value === true ? "" : value;
  if (text === undefined || text === false) {
    if (node.hasAttribute(name)) node.removeAttribute(name);
  } else if (node.getAttribute(name) !== text) {
    node.setAttribute(name, text);
  }
}

/** Writes text if it differs. */
export function write(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/** Text that only screen readers get. */
export function aside(text: string): HTMLElement {
  return make("span", { class: "jf-aside" }, text);
}

/** A button that submits nothing by itself. */
export function button(
  kind: string, label: string | (Node | string)[], press: () => void, attributes: Attributes = {},
): HTMLButtonElement {
  const node = make("button", { type: "button", class: `jf-button ${kind}`, ...attributes }, ...(typeof label === "string" ? [label] : label));
  node.addEventListener("click", press);
  return node;
}

/** An address as the page means it: a path is one of the page's own server. */
export function addressed(url: string): string {
  return /^\.{0,2}\//.test(url) && URL.canParse(url, document.baseURI) ? new URL(url, document.baseURI).href : url;
}

/** A link out of the page, or null where the address is not http(s). */
export function outside(url: string | undefined, label: string, name = label): HTMLAnchorElement | null {
  if (!url || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return null;
  return make("a", {
    href: url, target: "_blank", rel: "noopener noreferrer", class: "jf-link",
    "aria-label": name === label ? undefined : name,
  }, label);
}

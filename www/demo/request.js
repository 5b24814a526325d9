// The request as it would be sent: method, address, headers, JSON; and the same as a cURL command. Secrets stand as •••.
import { byId, make } from "./dom.js";

export class RequestPanel {
  #form;
  #label;
  #preview = {};
  #view = "request";
  #tabs;
  #panel;
  #due = false;

  /** `label(setting)` is what a setting is called that people type; nothing for any other, and for a field. */
  constructor(form, label) {
    this.#form = form;
    this.#label = label;
    this.#tabs = [["request", "HTTP"], ["curl", "cURL"]].map(([view, label]) =>
      make("button", { type: "button", role: "tab", id: `tab-${view}`, textContent: label, "aria-controls": "request-view", onclick: () => this.#show(view) }));
    this.#panel = make("div", { role: "tabpanel", id: "request-view" });
    const list = make("div", { role: "tablist", className: "tabs", "aria-label": "How to show the request" }, ...this.#tabs);
    list.addEventListener("keydown", (event) => this.#arrow(event));
    byId("request-body").replaceChildren(list, this.#panel);
    byId("copy").addEventListener("click", () => this.#copy());
    this.#draw();
  }

  /** Draws again before the next frame; many changes in one frame are one drawing. */
  refresh() {
    if (this.#due) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      this.#preview = (this.#form.form && this.#form.preview()) ?? {};
      this.#draw();
    });
  }

  #show(view) {
    this.#view = view;
    this.#draw();
  }

  #arrow(event) {
    if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
    const other = this.#tabs.find((tab) => tab.id !== `tab-${this.#view}`);
    this.#show(other.id.slice("tab-".length));
    other.focus();
  }

  #draw() {
    for (const tab of this.#tabs) {
      const chosen = tab.id === `tab-${this.#view}`;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    this.#panel.setAttribute("aria-labelledby", `tab-${this.#view}`);
    const { plan, curl, faults = [] } = this.#preview;
    byId("copy").disabled = !plan;
    if (!plan) {
      const missing = faults.map(({ field }) => this.#label(field)).filter(Boolean).join(", ");
      const why = missing ? `The request can be shown once the settings have this: ${missing}.`
        : faults.length ? "Part of its address comes from the form. Fill in the form to see the request."
        : "Choose a type to see the request it makes.";
      this.#panel.replaceChildren(make("p", { className: "quiet", textContent: why }));
      return;
    }
    const parts = this.#view === "curl" ? [code("cURL command", curl)] : this.#http(plan);
    if (faults.length) {
      const count = faults.length === 1 ? "One thing is" : `${faults.length} things are`;
      parts.unshift(make("p", { className: "note", textContent: `Not ready: ${count} still missing or wrong.` }));
    }
    this.#panel.replaceChildren(...parts);
  }

  #http(plan) {
    const headers = Object.entries(plan.headers);
    if (plan.auth === "bearer") headers.push(["authorization", "Bearer •••"]);
    const parts = [
      make("p", { className: "line", dir: "ltr" }, make("strong", { className: "method", textContent: plan.method }), " ", make("span", { className: "url", textContent: address(plan) })),
      code("Headers", headers.map(([name, value]) => `${name}: ${value}`).join("\n")),
    ];
    if (plan.body !== null) parts.push(code("Body", JSON.stringify(plan.body, null, 2)));
    return parts;
  }

  async #copy() {
    const { plan, curl } = this.#preview;
    const text = this.#view === "curl" ? curl : JSON.stringify(plan.body, null, 2);
    const button = byId("copy");
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  }
}

function address({ url, query }) {
  const pairs = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return pairs.length ? `${url}?${pairs.join("&")}` : url;
}

/** Text to read and to scroll: reachable by keyboard, since it may be wider than its box. */
function code(label, text) {
  return make("figure", { className: "code" },
    make("figcaption", { textContent: label }),
    make("pre", { dir: "ltr", tabIndex: 0, role: "group", "aria-label": label, textContent: text }));
}

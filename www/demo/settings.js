// Where requests go: one set of settings per API. They live in this page's memory only and are gone on reload.
import { make } from "./dom.js";

/** The sandbox's own settings for an API; nothing where this page is served without a sandbox. */
function ofSandbox(sandbox, entry, api) {
  if (!sandbox) return { base_url: "", token: "", settings: {} };
  const known = api.settings.filter((setting) => setting.id in sandbox);
  return {
    base_url: new URL(entry.sandbox, location.href).href,
    token: api.auth === "none" ? "" : sandbox.token,
    settings: Object.fromEntries(known.map((setting) => [setting.id, sandbox[setting.id]])),
  };
}

/** What may be left out is told by the record that a request is about, such as the number of a connection, and the type by the form. */
const asked = (api) => api.settings.filter(({ required, is }) => required && !is);

export class Settings {
  #sandbox;
  #of = new Map();
  #changed;

  /** `changed` is called after every edit. */
  constructor(sandbox, changed) {
    this.#sandbox = sandbox;
    this.#changed = changed;
  }

  #get({ entry, api }) {
    if (!this.#of.has(api.id)) this.#of.set(api.id, { ...ofSandbox(this.#sandbox, entry, api), own: !this.#sandbox });
    return this.#of.get(api.id);
  }

  /** What an element of the package takes to ask this API. */
  of(choice) {
    const { base_url: baseUrl, settings } = this.#get(choice);
    return { api: choice.api.id, baseUrl, settings, token: (why) => this.#token(choice, why) };
  }

  /** What the token provider answers: asked again after a refusal, the sandbox may have a new one since it restarted. */
  async #token(choice, { refused }) {
    const mine = this.#get(choice);
    if (refused && !mine.own) {
      this.#sandbox = await sandboxSettings();
      mine.token = this.#sandbox?.token ?? "";
    }
    return mine.token || null;
  }

  /** What a setting is called that is asked for here. */
  label({ api }, id) {
    return id === "base_url" ? "Server address" : asked(api).find((setting) => setting.id === id)?.label;
  }

  /** In a word or two, for the line that is always visible. */
  where(choice) {
    const mine = this.#get(choice);
    if (!mine.own) return "Sandbox";
    return URL.canParse(mine.base_url) ? new URL(mine.base_url).host : "No server address";
  }

  /** Fills the settings form anew for this API. */
  draw(form, choice) {
    const mine = this.#get(choice);
    const edit = (apply) => (event) => {
      apply(event.target.value.trim());
      mine.own = true;
      this.#changed();
    };
    const fields = [field("base_url", "Server address", "The address that comes before the API's paths.", mine.base_url, "url", edit((text) => { mine.base_url = text; }))];
    for (const { id, label, help, kind } of asked(choice.api)) {
      const store = (text) => {
        if (text) mine.settings[id] = kind === "integer" && /^\d+$/.test(text) ? Number(text) : text;
        else delete mine.settings[id];
      };
      fields.push(field(id, label, help, mine.settings[id] ?? "", "text", edit(store)));
    }
    if (choice.api.auth !== "none") {
      const help = "Sent with each request. It stays in this page and is gone on reload.";
      fields.push(field("token", "Access token", help, mine.token, "password", edit((text) => { mine.token = text; })));
    }
    const back = make("button", { type: "button", textContent: "Use the sandbox", hidden: !this.#sandbox });
    back.addEventListener("click", () => {
      this.#of.delete(choice.api.id);
      this.draw(form, choice);
      this.#changed();
      form.querySelector("input").focus();
    });
    form.replaceChildren(...fields, back);
  }
}

/** One setting: label, help and input. What is typed stays a property; it never becomes an attribute. */
function field(id, label, help, value, type, oninput) {
  const name = `setting-${id}`;
  const input = make("input", { id: name, type, name, oninput, "aria-describedby": help && `${name}-help`, spellcheck: false });
  input.setAttribute("autocomplete", type === "password" ? "new-password" : "off");
  if (type === "password") for (const word of ["data-1p-ignore", "data-bwignore"]) input.setAttribute(word, "");
  input.value = value;
  return make("div", { className: "setting" },
    make("label", { for: name, textContent: label }), input,
    help ? make("p", { id: `${name}-help`, className: "help", textContent: help }) : null);
}

/** What the server behind this page says about its sandbox; null where there is none. */
export async function sandboxSettings() {
  try {
    const answer = await fetch("/sandbox.json", { cache: "no-store" });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

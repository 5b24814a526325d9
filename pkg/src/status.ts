import type { Status } from "./contract.js";
import { button, make, outside, set, write } from "./dom.js";

/** What the status box may ask of the form. */
export interface StatusHost {
  readonly owned: { readonly form?: string };
  text(what: string): string;
  say(status: Status): string;
  /** A descriptor's text in the form's words. */
  told(text: string): string;
  /** Names of the saved connections, or a sentence that says why there are none to show. */
  list(): Promise<string[] | string>;
  /** Once more what follows a save. */
  follow(): void;
  /** After the engine stopped. */
  retry(): void;
}

/** How the form stands: the sentence, the server's own words, the faults, and what can be done now. */
export function drawStatus(host: StatusHost, summary: HTMLElement) {
  const title = make("p", { class: "jf-status-title" });
  const message = make("p", { class: "jf-message", hidden: true });
  const offers = make("div", { class: "jf-offers", hidden: true });
  const listed = make("div", { class: "jf-listed", role: "status" });
  const root = make("div", { class: "jf-status", role: "group", "aria-label": host.text("result"), hidden: true },
    title, message, summary, offers, listed);

  const list = async (press: HTMLButtonElement) => {
    if (press.getAttribute("aria-disabled") === "true") return;
    set(press, "aria-disabled", "true");
    listed.replaceChildren(make("p", {}, host.text("listing")));
    const found = await host.list();
    set(press, "aria-disabled", undefined);
    listed.replaceChildren(typeof found === "string" || !found.length
      ? make("p", {}, String(found) || host.text("list_empty"))
      : make("ul", { "aria-label": host.text("list_title") }, ...found.map((name) => make("li", {}, name))));
  };
  const listButton = (): Node => {
    const press = button("jf-quiet", host.text("offer_list"), () => void list(press), host.owned);
    return press;
  };

  const fill = (state: string, sentence: string, said: string, actions: Node[]) => {
    set(root, "hidden", !sentence);
    set(root, "data-state", state);
    // It was saved, but the server has something to say against it.
    set(root, "data-partly", state === "done" && said !== "");
    write(title, sentence);
    write(message, said);
    set(message, "hidden", !said);
    offers.replaceChildren(...actions);
    set(offers, "hidden", !actions.length);
    listed.replaceChildren();
  };
  return {
    root,
    draw(status: Status) {
      const quiet = status.state === "editing" || status.state === "busy";
      const step = status.link ? outside(status.link.url, host.told(status.link.label)) : null;
      fill(status.state, quiet ? "" : host.say(status), status.message ?? "", [
        ...(step ? [step] : []),
        ...(status.offers ?? []).flatMap((offer) => offer === "list" ? [listButton()]
          : offer === "submit" ? [] : [button("jf-quiet", host.text(`offer_${offer}`), host.follow, host.owned)]),
      ]);
    },
    /** The engine stopped: what that means, and the way on. */
    fail(sentence: string, reason: string) {
      fill("failed", sentence, reason, [button("jf-quiet", host.text("retry"), host.retry, host.owned)]);
    },
  };
}

import type { Status, TestStatus } from "./contract.js";
import { button, make, set, write } from "./dom.js";

/** What the part of a form that tests the connection may ask of it. */
export interface TrialHost {
  readonly owned: { readonly form?: string };
  text(what: string, params?: Record<string, string>): string;
  say(status: Status): string;
  test(): void;
  cancel(): void;
}

/** A button that tries the connection as it stands, and what came of it, apart from what was saved. */
export function drawTrial({ owned, text, say, test, cancel }: TrialHost) {
  const label = text("submit_test");
  const press = button("", label, test, owned);
  const stop = button("jf-quiet", text("cancel"), cancel, { ...owned, "aria-label": text("fault_of", { label: text("cancel"), sentence: label }) });
  const title = make("p", { class: "jf-status-title" });
  const message = make("p", { class: "jf-message" });
  const root = make("div", { class: "jf-status jf-test", role: "group", "aria-label": label, hidden: true }, title, message, stop);
  return {
    press,
    root,
    draw(status: TestStatus | null) {
      const busy = status?.state === "busy";
      const sentence = !status ? "" : busy ? text("testing") : say(status);
      set(root, "hidden", !sentence);
      set(root, "data-state", status?.stale ? "stale" : status?.state);
      write(title, status?.stale ? text("test_stale", { sentence }) : sentence);
      write(message, status?.message ?? "");
      set(message, "hidden", !status?.message);
      set(press, "aria-disabled", busy ? "true" : undefined);
      if (!busy && stop.matches(":focus")) press.focus();
      set(stop, "hidden", !busy);
    },
  };
}

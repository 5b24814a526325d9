import type { Listed, Operation, Outcome, Settings, Status } from "./contract.js";
import type { Jackfield } from "./core.js";
import { addressed } from "./dom.js";
import { JackfieldError } from "./errors.js";
import { heldBy } from "./held.js";
import { language, Speech } from "./language.js";
import { JackfieldDeleteEvent, JackfieldOpenEvent } from "./list-events.js";
import type { JackfieldListElement } from "./list-element.js";
import { listAll, sentenceOf, whyNot } from "./list-load.js";
import type { Said } from "./list-row.js";
import { drawList, type ListView } from "./list-view.js";
import type { SendHow } from "./send.js";
import english from "./list-words.gen.js";
import { addEnglish, lookup } from "./words.js";

/** What a list element does: asks for the connections, and carries out what the buttons of one say. */
export function startList(element: JackfieldListElement, shared: () => Promise<Jackfield>) {
  let view: ListView | undefined;
  let jackfield: Jackfield;
  let api: string;
  let operations: readonly Operation[];
  let end = new AbortController();

  addEnglish(english);
  const speech = new Speech(element, () => { if (view) open(); });
  const text = (what: string, params = {}) => lookup(`element.${what}`, params, speech.words) ?? "";
  const cancel = () => end.abort();
  const settings = (): Settings => element.baseUrl ? { ...element.settings, base_url: addressed(element.baseUrl) } : element.settings;
  const how = (signal: AbortSignal): SendHow => ({ ...heldBy(element), signal });

  /** Asks; what is shown stays until the answer is here. */
  const load = async () => {
    cancel();
    const mine = end = new AbortController();
    view?.settle(true);
    let failed: string[] = [];
    try {
      const engine = element.jackfield ?? await shared();
      const added = await Promise.all(element.apis.map((url) => engine.add(url)));
      const id = element.api ?? added[0];
      const info = engine.apis().find((known) => !id || known.id === id);
      if (!info) throw new JackfieldError("no_api");
      const found = await listAll(engine, info, settings(), how(mine.signal), element.type, speech.words);
      if (mine !== end) return;
      [jackfield, api, operations, failed] = [engine, info.id, info.operations, found.failed];
      if (found.items) view?.show(found.items, language.typesIn(engine.types(api), api, speech.words), operations);
    } catch (thrown) {
      failed = [whyNot(thrown, speech.words)];
    }
    if (mine === end) view?.settle(false, failed);
  };

  const act = async (operation: Operation, item: Listed, signal: AbortSignal): Promise<Said | undefined> => {
    const from = view;
    const said = (outcome: Outcome | Status): Said => ({ text: sentenceOf(outcome, speech.words) });
    // A copy: a form that is given the same object again does not open anew.
    let record: Record<string, unknown> = { ...item.record ?? item };
    try {
      if (operation === "delete" || operations.includes("get")) {
        const outcome = await jackfield.run(api, operation === "delete" ? operation : "get", settings(), how(signal), record, item.type);
        if (outcome.state !== "done") return said(outcome);
        if (operation === "delete") {
          from?.remove(item, outcome.message);
          element.dispatchEvent(new JackfieldDeleteEvent(plain(item)));
          return;
        }
        record = outcome.record ?? record;
      }
      const status = operation === "test" ? await test(item.type, record, signal) : undefined;
      if (status?.state === "done") return { ...said(status), good: true };
      // Where something is left to type, such as a secret that the server does not show, a form has to ask for it.
      if (status && status.state !== "invalid") return said(status);
      // The list may be gone, or another one, by now.
      if (from === view) edit(operation, record, item);
    } catch (thrown) {
      return { text: whyNot(thrown, speech.words) };
    }
    return;
  };

  /** Submits a form that nobody sees. */
  const test = async (type: string, record: Record<string, unknown>, signal: AbortSignal): Promise<Status | undefined> => {
    const form = jackfield.open(api, type, { operation: "test", settings: settings(), record });
    try {
      const { status, send } = form.step({ do: "submit" });
      return send ? form.step({ do: "settle", id: send.id, reply: await jackfield.send(send, how(signal)) }).status : status;
    } finally {
      form.free();
    }
  };

  const edit = (wanted: Operation, record: Record<string, unknown>, item: Listed) => {
    const { form } = element;
    const { type } = item;
    const readOnly = wanted === "get";
    // It is shown as it would be edited.
    const operation = readOnly && operations.includes("update") ? "update" : wanted;
    if (!element.dispatchEvent(new JackfieldOpenEvent(operation, record, type, plain(item), readOnly)) || !form) return;
    Object.assign(form, { api, type, operation, record, readOnly, draft: null });
    // The form is drawn by then, unless its own files are still on their way. A test is opened for what it lacks, which a submit shows.
    setTimeout(() => {
      if (operation === "test") form.submit();
      else form.querySelector<HTMLElement>(":is(input, select, textarea):enabled")?.focus();
    });
  };

  /** Gives up everything under way and forgets what was shown. */
  const close = () => {
    cancel();
    end = new AbortController();
    view?.close();
    view = undefined;
  };

  /** Begins anew with what the element's properties say. */
  const open = () => {
    close();
    speech.follow();
    view = drawList({ icons: element.icons, text, act, load: () => void load(), cancel });
    language.mark(speech, view.root);
    element.replaceChildren(view.root);
    void load();
  };

  return { load, cancel, open, close, speech };
}

/** How a connection is named, without its record, which may hold secrets. */
function plain({ record: _, ...named }: Listed): Listed {
  return named;
}

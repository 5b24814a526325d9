// What came of the last request, in plain words.
import { byId, make } from "./dom.js";

export class ReplyPanel {
  constructor() {
    this.clear();
  }

  clear() {
    byId("reply-body").replaceChildren(make("p", { className: "quiet", textContent: "Nothing sent yet." }));
  }

  /** `sentence` says it; `message` is the server's own word, shown as text. */
  show(state, sentence, message, ...more) {
    byId("reply-body").replaceChildren(
      make("p", { className: "sentence", "data-state": state, textContent: sentence }),
      ...(message ? [make("p", { className: "help", textContent: "The server said:" }), make("blockquote", { textContent: message })] : []),
      ...more);
  }
}

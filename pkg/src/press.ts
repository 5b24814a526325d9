/**
 * Holds back what would move the page while the pointer is down: a button that slides away under it is never pressed.
 * The button may be the page's own, so the whole document is listened to, but only while the focus is inside `root`.
 */
export function whilePressed(root: HTMLElement): { after(run: () => void): void; forget(): void } {
  const waiting: (() => void)[] = [];
  let pressed = false;
  const press = () => {
    pressed = true;
    for (const end of ENDS) document.addEventListener(end, release, true);
  };
  const release = () => {
    for (const end of ENDS) document.removeEventListener(end, release, true);
    // The click comes after this event.
    setTimeout(() => {
      pressed = false;
      for (const run of waiting.splice(0)) run();
    });
  };
  root.addEventListener("focusin", () => document.addEventListener("pointerdown", press, true));
  root.addEventListener("focusout", () => document.removeEventListener("pointerdown", press, true));
  return {
    after: (run) => { if (pressed) waiting.push(run); else run(); },
    forget: () => { waiting.length = 0; },
  };
}

const ENDS = ["pointerup", "pointercancel"];

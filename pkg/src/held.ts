import type { SendHow } from "./send.js";

/** How requests are sent: an element only holds it and hands it on. */
const HELD = ["token", "auth", "transport", "headers", "credentials", "timeout"];

/** Gives a class properties that hold what was set. They are accessors, since frameworks look for setters and else set attributes. */
export function hold(prototype: object): void {
  for (const name of HELD) {
    const held = new WeakMap<object, unknown>();
    Object.defineProperty(prototype, name, {
      configurable: true,
      enumerable: true,
      get(this: object) { return held.get(this); },
      set(this: object, value: unknown) { held.set(this, value); },
    });
  }
}

/** How the page wants an element's requests to be sent. */
export function heldBy(element: object): SendHow {
  return Object.fromEntries(HELD.map((name) => [name, (element as Record<string, unknown>)[name]]));
}

/** Lets what a page set before the element was defined go through the accessors. */
export function adopt(element: object, accessors: readonly string[]): void {
  const own = element as Record<string, unknown>;
  for (const name of [...accessors, ...HELD]) {
    if (!Object.hasOwn(own, name)) continue;
    const value = own[name];
    delete own[name];
    own[name] = value;
  }
}

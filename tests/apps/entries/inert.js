// Imports one entry; prints what that did to the process, and what it gives.
const asked = [];
globalThis.fetch = (url) => asked.push(String(url));
const before = new Set(Reflect.ownKeys(globalThis));
const module = await import(process.argv[2]);
await new Promise((resolve) => setTimeout(resolve));
const globals = Reflect.ownKeys(globalThis).filter((name) => !before.has(name)).map(String);
console.log(JSON.stringify({ globals, asked, names: Object.keys(module) }));

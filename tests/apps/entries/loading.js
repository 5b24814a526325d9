import bundle from "jackfield/apis/chartbrew" with { type: "json" };
import { load } from "jackfield/core";

const told = (source) => load(source).then(() => null, ({ name, code, url, cause }) => [name, code, url, cause?.code ?? null]);
const nowhere = await told(new URL("no.wasm", import.meta.url));
const damaged = await told(new Uint8Array(9));
const jackfield = await load();
console.log(JSON.stringify({ nowhere, damaged, again: jackfield.apis(), bundle: await jackfield.add(bundle) }));

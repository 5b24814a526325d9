import { carry } from "./engine.js";

carry({
  jackfield: () => import("../dist/jackfield_bg.wasm"),
  jackfield_prover: () => import("../dist/jackfield_prover_bg.wasm"),
  jackfield_sender: () => import("../dist/jackfield_sender_bg.wasm"),
  jackfield_postgres: () => import("../dist/jackfield_postgres_bg.wasm"),
  jackfield_mysql: () => import("../dist/jackfield_mysql_bg.wasm"),
  jackfield_sqlserver: () => import("../dist/jackfield_sqlserver_bg.wasm"),
  jackfield_oracle: () => import("../dist/jackfield_oracle_bg.wasm"),
  jackfield_lists: () => import("../dist/jackfield_lists_bg.wasm"),
  jackfield_urls: () => import("../dist/jackfield_urls_bg.wasm"),
  jackfield_paste: () => import("../dist/jackfield_paste_bg.wasm"),
});

/**
 * Every wasm of the package as text in scripts, for places that serve no files beside a script. Import it once, before or in the same
 * script as what loads the engine: `load()` and the elements then take it from here. So written it is a third larger, before compression;
 * what does not import this does not carry it.
 */
export {};

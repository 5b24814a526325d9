// The package as it is published: what npm packs of pkg/, in a folder outside the repository.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");

/** Packs what is built. */
export function pack() {
  const folder = mkdtempSync(path.join(tmpdir(), "jackfield-pack-"));
  const words = ["pack", path.join(root, "pkg"), "--pack-destination", folder, "--json", "--ignore-scripts"];
  const [{ filename, files }] = JSON.parse(execFileSync("npm", words, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  return {
    file: path.join(folder, filename),
    /** The paths in it. */
    names: files.map((file) => file.path),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

// A sandbox server of one's own: on a free port, with a data folder that may outlive it.
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

export const root = path.resolve(import.meta.dirname, "../..");

function command() {
  if (process.env.JACKFIELD_SANDBOX) return [process.env.JACKFIELD_SANDBOX];
  const built = path.join(root, "target/debug/jackfield-sandbox");
  return existsSync(built) ? [built] : ["cargo", "run", "-q", "-p", "jackfield-sandbox", "--"];
}

let site;

/** What the sandbox serves: the demo page, the package, and the pages of these tests, so that no request of theirs has to be answered by a test. */
function siteFolder() {
  if (site) return site;
  site = mkdtempSync(path.join(tmpdir(), "jackfield-e2e-site-"));
  process.once("exit", () => rmSync(site, { recursive: true, force: true }));
  cpSync(path.join(root, "www"), path.join(site, "www"), { recursive: true });
  cpSync(path.join(import.meta.dirname, "pages"), path.join(site, "www/e2e"), { recursive: true });
  mkdirSync(path.join(site, "pkg"));
  symlinkSync(path.join(root, "pkg/dist"), path.join(site, "pkg/dist"));
  return site;
}

export const dataFolder = () => mkdtemp(path.join(tmpdir(), "jackfield-e2e-"));

/** Starts one and waits until it says its address and token. */
export async function startSandbox(data) {
  const [program, ...before] = command();
  // A group of its own, so that what cargo started ends with it.
  const child = spawn(program, [...before, "--root", siteFolder(), "--port", "0", "--data", data], { cwd: root, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const end = () => {
    try { process.kill(-child.pid, "SIGTERM"); } catch { /* It has ended already. */ }
  };
  // A run that is stopped while the server starts leaves nothing behind either.
  process.once("exit", end);
  let complaints = "";
  child.stderr.on("data", (chunk) => { complaints += chunk; });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const said = { url: undefined, token: undefined };
  const ready = new Promise((resolve) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      said.url ??= /^Jackfield sandbox.*: (http:\S+?)\/?$/.exec(line)?.[1];
      said.token ??= /^token: (\S+)/.exec(line)?.[1];
      if (said.url && said.token) resolve("ready");
    });
  });
  const failed = new Promise((resolve) => child.once("error", resolve));
  if ((await Promise.race([ready, ended, failed])) !== "ready") throw new Error(`The sandbox did not start. ${complaints}`);
  const stop = async () => {
    end();
    process.off("exit", end);
    await ended;
  };
  return { ...said, data, stop, api: (where, options = {}) => ask(said, where, options) };
}

/** Asks the sandbox without a browser, as its owner. */
async function ask({ url, token }, where, { method = "GET" } = {}) {
  const answer = await fetch(`${url}${where}`, { method, headers: { authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new Error(`${method} ${where} answered ${answer.status}`);
  return answer.json();
}

export const removeFolder = (folder) => rm(folder, { recursive: true, force: true });

// Tiny apps that use the package as anybody would: copied out of the repository, with the tarball installed, built and served.
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createPort } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

const here = import.meta.dirname;

/** What a strict page allows. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'; "
  + "require-trusted-types-for 'script'; trusted-types 'none'";

const TYPES = {
  ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".json": "application/json",
  ".wasm": "application/wasm", ".svg": "image/svg+xml",
};

/**
 * Every app: a folder with sources, a lock file and `app.json`, which says
 *   build     commands, one after another
 *   serve     the folder that they fill and that is served
 *   start     instead: the command of a server, with {port}, and `output`, the folder with what it sends to browsers
 *   run       instead: a program without a page, which prints what the test expects
 *   page      the path that is opened; "/" unless named
 *   form      false: the page has no form, only the engine
 *   policy    true: served under a strict Content-Security-Policy
 *   copies    of the engine's wasm in the output; 1 unless named
 *   slow      true: runs with --all only
 */
export function apps() {
  const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory() && existsSync(path.join(here, entry.name, "app.json")));
  return folders.map(({ name }) => ({ name, page: "/", form: true, copies: 1, ...JSON.parse(readFileSync(path.join(here, name, "app.json"), "utf8")) }));
}

/** A copy of an app with its dependencies and the tarball, built. Files of common/ are in it unless it has its own. */
export async function install(app, tarball) {
  const folder = mkdtempSync(path.join(tmpdir(), `jackfield-app-${app.name}-`));
  const own = (source) => path.basename(source) !== "node_modules";
  cpSync(path.join(here, "common"), folder, { recursive: true });
  cpSync(path.join(here, app.name), folder, { recursive: true, filter: own });
  const project = { folder, at: (where) => path.join(folder, where), remove: () => rmSync(folder, { recursive: true, force: true }) };
  try {
    await command(folder, "npm ci --no-audit --no-fund --prefer-offline");
    await command(folder, `npm install --no-save --no-audit --no-fund --prefer-offline "${tarball}"`);
    for (const line of app.build ?? []) await command(folder, line);
    return project;
  } catch (thrown) {
    project.remove();
    throw thrown;
  }
}

/** Serves what an app is made of, from its folder or by its own server. */
export async function open(app, project) {
  return app.start ? start(app.start, project.folder) : serve(project.at(app.serve), app.policy);
}

/** Runs a line of a shell in a folder; gives what it printed. */
export async function command(folder, line) {
  const { child, said } = begin(folder, line);
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`${line}: ended with ${code}\n${said.all}`);
  return said.out;
}

/** A program in a group of its own, with the binaries of the app's dependencies at hand, that calls nobody by itself. */
function begin(folder, line) {
  const bin = path.join(folder, "node_modules/.bin");
  const quiet = { NEXT_TELEMETRY_DISABLED: "1", NUXT_TELEMETRY_DISABLED: "1", ASTRO_TELEMETRY_DISABLED: "1", NG_CLI_ANALYTICS: "false" };
  const env = { ...process.env, ...quiet, CI: "1", PATH: `${bin}${path.delimiter}${process.env.PATH}` };
  // What a test runner sets is not for the programs under test.
  for (const name of ["NODE_OPTIONS", "FORCE_COLOR", "NODE_ENV"]) delete env[name];
  const child = spawn(line, { cwd: folder, env, shell: true, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const said = { out: "", all: "" };
  child.stdout.on("data", (chunk) => { said.out += chunk; said.all += chunk; });
  child.stderr.on("data", (chunk) => { said.all += chunk; });
  const end = () => {
    try { process.kill(-child.pid, "SIGTERM"); } catch { /* It has ended already. */ }
  };
  // A run that is stopped leaves nothing behind.
  process.once("exit", end);
  child.once("close", () => process.off("exit", end));
  return { child, said, end };
}

/** Starts an app's own server and waits until it answers. */
async function start(line, folder) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { child, said, end } = begin(folder, line.replaceAll("{port}", port));
  let code;
  const ended = new Promise((resolve) => child.once("close", (how) => resolve(code = how ?? "a signal")));
  while (!(await fetch(url).then((answer) => answer.text(), () => null))) {
    if (code !== undefined) throw new Error(`${line}: ended with ${code}\n${said.all}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return { url, stop: async () => { end(); await ended; } };
}

/** Serves a folder as a plain web server does. */
async function serve(folder, policy) {
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url, "http://127.0.0.1").pathname);
    const file = path.join(folder, asked.endsWith("/") ? `${asked}index.html` : asked);
    if (asked === "/favicon.ico") return response.writeHead(204).end();
    if (!file.startsWith(folder) || !existsSync(file)) return response.writeHead(404).end();
    const headers = { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream" };
    response.writeHead(200, policy ? { ...headers, "content-security-policy": POLICY } : headers).end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${server.address().port}`, stop };
}

function freePort() {
  return new Promise((resolve) => {
    const server = createPort().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** How often a folder holds these bytes: as a file of their own, or as base64 in a script. */
export function copies(folder, bytes) {
  const text = bytes.toString("base64");
  const held = (file) => {
    const whole = readFileSync(file);
    return whole.equals(bytes) ? 1 : whole.toString("latin1").split(text).length - 1;
  };
  return files(folder).reduce((sum, file) => sum + held(file), 0);
}

/** Every file below a folder. */
export function files(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

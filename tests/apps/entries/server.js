// A server that trusts no browser: it judges the values once more, with the same engine and the same bundle.
import { createServer } from "node:http";
import { judge } from "./headless.js";

const server = createServer(async (request, response) => {
  const chunks = await request.toArray();
  const faults = await judge(JSON.parse(Buffer.concat(chunks).toString()));
  response.writeHead(faults.length ? 422 : 200, { "content-type": "application/json" }).end(JSON.stringify(faults));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

const post = async (values) => {
  const response = await fetch(`http://127.0.0.1:${server.address().port}`, { method: "POST", body: JSON.stringify(values) });
  return { status: response.status, faults: await response.json() };
};
const answers = [
  await post({ name: "Shop", "server.host": "db.example.com" }),
  await post({ name: "", "server.host": "db.example.com" }),
  await post({ "server.host": "no host" }),
];
server.close();
console.log(JSON.stringify(answers));

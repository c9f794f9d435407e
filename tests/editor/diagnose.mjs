// Asks the YAML language server what it finds in a file, as an editor would: diagnose.mjs SERVER SCHEMA FILE [LINE COLUMN].
// Prints JSON: the diagnostics with their lines, counted from 1, and what is offered at the place.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [server, schema, file, line, column] = process.argv.slice(2);
const uri = pathToFileURL(resolve(file)).href;
const schemaUri = pathToFileURL(resolve(schema)).href;
const child = server.endsWith(".js")
  ? spawn(process.execPath, [server, "--stdio"])
  : spawn(server, ["--stdio"], { shell: process.platform === "win32" });
const waiting = new Map();
let settings = { yaml: { schemas: { [schemaUri]: ["*.yaml"] }, validate: true, completion: true, schemaStore: { enable: false } } };
let number = 0;
let told;

function send(message) {
  const text = JSON.stringify({ jsonrpc: "2.0", ...message });
  child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
}

function ask(method, params) {
  const id = ++number;
  send({ id, method, params });
  return new Promise((done) => waiting.set(id, done));
}

function take(message) {
  if (message.method === "textDocument/publishDiagnostics") {
    told?.(message.params.diagnostics);
  } else if (message.method === "workspace/configuration") {
    const result = message.params.items.map((item) => settings[item.section] ?? null);
    send({ id: message.id, result });
  } else if (message.method && message.id !== undefined) {
    send({ id: message.id, result: null });
  } else if (message.id !== undefined) {
    waiting.get(message.id)?.(message.result);
  }
}

let buffer = Buffer.alloc(0);
child.stdout.on("data", (data) => {
  buffer = Buffer.concat([buffer, data]);
  for (;;) {
    const head = buffer.indexOf("\r\n\r\n");
    if (head < 0) return;
    const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, head).toString())[1]);
    if (buffer.length < head + 4 + length) return;
    take(JSON.parse(buffer.subarray(head + 4, head + 4 + length).toString()));
    buffer = buffer.subarray(head + 4 + length);
  }
});
child.on("error", (error) => { console.error(String(error)); process.exit(1); });
setTimeout(() => { console.error("the server does not answer"); process.exit(1); }, 60000).unref();

await ask("initialize", { processId: process.pid, rootUri: null, capabilities: { workspace: { configuration: true }, textDocument: { completion: { completionItem: {} } } } });
send({ method: "initialized", params: {} });
send({ method: "workspace/didChangeConfiguration", params: { settings } });
// The settings are taken before the file is opened, so that what is told is told by the schema.
await new Promise((done) => setTimeout(done, 1500));
const diagnostics = new Promise((done) => { told = done; });
const textDocument = { uri, languageId: "yaml", version: 1, text: readFileSync(file, "utf8") };
send({ method: "textDocument/didOpen", params: { textDocument } });
const found = await diagnostics;
let offered = [];
if (line) {
  const position = { line: Number(line) - 1, character: Number(column) - 1 };
  const answer = await ask("textDocument/completion", { textDocument: { uri }, position });
  offered = (answer?.items ?? []).map((item) => item.label);
}
const shown = found.map((one) => ({ line: one.range.start.line + 1, message: one.message }));
console.log(JSON.stringify({ diagnostics: shown, offered }));
child.kill();
process.exit(0);

// What the tests of the pages have in common: a browser, the pages, and what a page tried to do.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const program = process.env.PRESSZERO;
const folder = process.env.PRESSZERO_PAGES;
assert.ok(program && folder, "`cargo test --test browser` builds the pages and starts these tests");

export const hostile = "hostile";

// Each tree with its page and its file.
const trees = join(folder, "pages");
export const pages = readdirSync(trees)
  .sort()
  .map((name) => {
    const page = readdirSync(join(trees, name), { recursive: true }).find((file) => file.endsWith(`${name}.html`));
    assert.ok(page, `${name} has a page`);
    const file = name === hostile ? join(folder, "hostile.yaml") : join(process.env.PRESSZERO_MENUS, `${name}.yaml`);
    return { name, file, page: join(trees, name, page) };
  });

// The page of all of them.
export const portfolio = { name: "portfolio", page: join(folder, "portfolio", "index.html") };

const FLAGS = [
  "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
  "--disable-sync",
];

export function browser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", chromiumSandbox: false, args: FLAGS });
}

// Opens a page, and notes what it asks of the network, what breaks and what its policy forbids.
export async function open(within, { page: file }, options = {}) {
  const context = await within.newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const tried = [];
  const url = pathToFileURL(file).href;
  page.on("request", (request) => request.url() !== url && tried.push(`request: ${request.url()}`));
  page.on("pageerror", (error) => tried.push(`error: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && tried.push(`console: ${message.text()}`));
  page.on("dialog", (dialog) => tried.push(`dialog: ${dialog.message()}`));
  await page.goto(url);
  return { page, tried, close: () => context.close() };
}

// The drawn tree: a step is found, asked about, made the root, folded and zoomed, by keyboard and by hand.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { browser, open, pages } from "./open.js";

let within;
before(async () => {
  within = await browser();
});
after(() => within.close());

const tree = pages.find(({ name }) => name === "lloyds-2013");
const shown = () => [...document.querySelectorAll("#drawing g.box")].filter((box) => box.getAttribute("display") !== "none").length;
const scale = () => Number(/scale\(([\d.]+)\)/.exec(document.querySelector("#drawing .canvas").style.transform)[1]);

for (const colorScheme of ["light", "dark"]) {
  test(`${colorScheme}: a step is found, and tells what is known of it`, async () => {
    const { page, tried, close } = await open(within, tree, { colorScheme, viewport: { width: 1100, height: 900 } });
    await page.fill("#drawing-find", "insurance");
    await page.press("#drawing-find", "Enter");
    await page.press("#drawing-find", "ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#drawing-panel:not([hidden])");
    const said = await page.textContent("#drawing-panel");
    assert.match(said, /insurance/);
    assert.match(said, /lloyds-2013\.yaml:53/);
    assert.match(said, /press 1/i);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate("axe.run('#tree', { resultTypes: ['violations'] })");
    assert.deepEqual(violations.map(({ id, help }) => `${id}: ${help}`), []);
    assert.deepEqual(tried, []);
    await close();
  });
}

test("a step becomes the root, and the whole tree comes back", async () => {
  const { page, close } = await open(within, tree);
  const all = await page.evaluate(shown);
  await page.fill("#drawing-find", "leak");
  await page.press("#drawing-find", "ArrowDown");
  await page.keyboard.press("Enter");
  await page.click("#drawing-panel button:has-text('Draw only from here')");
  assert.ok((await page.evaluate(shown)) < all);
  await page.click("[data-do=all]");
  assert.equal(await page.evaluate(shown), all);
  await close();
});

test("it is zoomed by keys and by hand", async () => {
  const { page, close } = await open(within, tree);
  await page.focus("#drawing-view");
  const start = await page.evaluate(scale);
  await page.keyboard.press("+");
  await page.waitForTimeout(50);
  const larger = await page.evaluate(scale);
  assert.ok(larger > start);
  await page.click("[data-do=fit]");
  await page.waitForTimeout(50);
  assert.ok((await page.evaluate(scale)) < larger);
  await close();
});

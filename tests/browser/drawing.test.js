// The drawn tree: a step is found, asked about, made the root, folded and zoomed, by keyboard and by hand.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { browser, hostile, open, pages } from "./open.js";

let within;
before(async () => {
  within = await browser();
});
after(() => within.close());

const tree = pages.find(({ name }) => name === "lloyds-2013");
const shown = () => [...document.querySelectorAll("#drawing g.box")].filter((box) => box.getAttribute("display") !== "none").length;
const scale = () => Number(/scale\(([\d.]+)\)/.exec(document.querySelector("#drawing .canvas").style.transform)[1]);

// What is moved is drawn in the next frame.
const frame = (page) => page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");

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

test("what lies beyond a step is folded and unfolded by keyboard, and Escape goes back to the step", async () => {
  const { page, close } = await open(within, tree);
  const all = await page.evaluate(shown);
  await page.fill("#drawing-find", "policy-type");
  await page.press("#drawing-find", "ArrowDown");
  await page.keyboard.press("Enter");
  await page.focus("#drawing-panel .acts button:nth-child(2)");
  await page.keyboard.press("Enter");
  const left = await page.evaluate(shown);
  assert.ok(left < all, `${left} of ${all}`);
  assert.equal(await page.textContent("#drawing .folded"), `+ ${all - left} beyond`);
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(shown), all);
  await page.keyboard.press("Escape");
  assert.ok(await page.isHidden("#drawing-panel"));
  const focused = () => page.evaluate("document.activeElement.textContent");
  assert.match(await focused(), /policy-type/);
  await page.keyboard.press("ArrowRight");
  assert.doesNotMatch(await focused(), /policy-type/);
  await close();
});

test("it is moved and zoomed by keys, by buttons, by wheel and by hand", async () => {
  const { page, close } = await open(within, tree);
  const place = () => page.evaluate(() => document.querySelector("#drawing svg.canvas").style.transform);
  await page.focus("#drawing-view");
  const changes = {
    plus: () => page.keyboard.press("+"),
    minus: () => page.keyboard.press("-"),
    right: () => page.keyboard.press("ArrowRight"),
    fit: () => page.keyboard.press("0"),
    larger: () => page.click('[data-do="in"]'),
    smaller: () => page.click('[data-do="out"]'),
    drag: async () => {
      const { x, y } = await page.locator("#drawing-view").boundingBox();
      await page.mouse.move(x + 40, y + 40);
      await page.mouse.down();
      await page.mouse.move(x + 90, y + 70, { steps: 4 });
      await page.mouse.up();
    },
    wheel: async () => {
      await page.keyboard.down("Control");
      await page.mouse.wheel(0, -120);
      await page.keyboard.up("Control");
    },
  };
  for (const [name, change] of Object.entries(changes)) {
    await frame(page);
    const was = await place();
    await change();
    await frame(page);
    assert.notEqual(await place(), was, name);
  }
  assert.ok(await page.isHidden("#drawing-panel"), "a drag opens nothing");
  await close();
});

test("what a hostile tree says in the drawing is text", async () => {
  const { page, tried, close } = await open(within, pages.find(({ name }) => name === hostile));
  await page.evaluate("document.querySelectorAll('#drawing g.box').forEach((box) => box.dispatchEvent(new MouseEvent('click', { bubbles: true })))");
  await page.fill("#drawing-find", "</script>");
  assert.match(await page.textContent("#drawing-says"), /found/);
  assert.equal(await page.evaluate("globalThis.ran"), undefined);
  assert.equal(await page.evaluate("document.querySelectorAll('#tree img, #tree style').length"), 0);
  assert.deepEqual(tried, []);
  await close();
});

test("without a script the drawing and its list are there", async () => {
  const { page, close } = await open(within, tree, { javaScriptEnabled: false });
  assert.ok(await page.isVisible("#drawing g.box"));
  assert.ok(await page.isHidden("#drawing .tools"));
  assert.ok(await page.isVisible("#tree details.listed summary"));
  await close();
});

for (const one of pages) {
  test(`${one.name}: what the drawing begins with can be read and seen`, async () => {
    const { page, tried, close } = await open(within, one);
    await frame(page);
    assert.ok((await page.evaluate(scale)) >= 0.75);
    const [box, view] = await page.evaluate(() =>
      ["#drawing g.box", "#drawing-view"].map((part) => document.querySelector(part).getBoundingClientRect().toJSON()));
    assert.ok(box.left >= view.left && box.top >= view.top && box.bottom <= view.bottom, JSON.stringify({ box, view }));
    assert.deepEqual(tried, []);
    await close();
  });

  test(`${one.name}: no letters of the drawing leave their box or lie over others`, async () => {
    const { page, close } = await open(within, one);
    await page.evaluate("document.querySelector('#drawing').classList.remove('live')");
    const bad = await page.evaluate(() => {
      const area = (element) => element.getBoundingClientRect();
      const out = [];
      for (const box of document.querySelectorAll("#drawing g.box")) {
        const around = area(box.querySelector("path"));
        for (const text of box.querySelectorAll("text")) {
          const own = area(text);
          if (own.right > around.right || own.bottom > around.bottom + 1) out.push(`${text.textContent} leaves its box`);
        }
      }
      const placed = [...document.querySelectorAll("#drawing g.box > path, #drawing g.line text")].map((part) => [part, area(part)]);
      placed.forEach(([first, a], at) => {
        for (const [other, b] of placed.slice(0, at)) {
          const apart = a.left >= b.right || b.left >= a.right || a.top >= b.bottom || b.top >= a.bottom;
          if (!apart) out.push(`${first.textContent || "a box"} lies over ${other.textContent || "a box"}`);
        }
      });
      return out;
    });
    assert.deepEqual(bad, []);
    await close();
  });
}

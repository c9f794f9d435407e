// What every page keeps to: it runs nothing of a tree, asks nothing of a network, and can be read and used by anyone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { browser, hostile, open, pages, portfolio } from "./open.js";

let within;
before(async () => {
  within = await browser();
});
after(() => within.close());

const LOOKS = [
  { name: "light", viewport: { width: 1100, height: 900 } },
  { name: "dark", viewport: { width: 1100, height: 900 }, colorScheme: "dark" },
  { name: "360 px wide", viewport: { width: 360, height: 740 } },
];

for (const tree of [...pages, portfolio]) {
  test(`${tree.name}: nothing runs but the page's own script, and nothing is asked of a network`, async () => {
    const { page, tried, close } = await open(within, tree);
    await page.waitForTimeout(200);
    assert.deepEqual(tried, []);
    assert.equal(await page.evaluate("globalThis.ran"), undefined);
    assert.equal(await page.evaluate("document.querySelectorAll('img, iframe, object, embed, base').length"), 0);
    assert.equal(await page.evaluate("document.querySelectorAll('h1, main, head title').length"), 3);
    await close();
  });

  for (const { name, ...options } of LOOKS) {
    test(`${tree.name}, ${name}: axe finds no violation`, async () => {
      const { page, close } = await open(within, tree, options);
      await page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true");
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate("axe.run({ resultTypes: ['violations'] })");
      const told = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 300)).join("\n  ")}`);
      assert.deepEqual(told, []);
      const [wide, screen] = await page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]");
      assert.ok(wide <= screen, `${wide} px on a screen of ${screen} px`);
      await close();
    });
  }

  test(`${tree.name}: the keyboard alone reaches everything, and its focus can be seen`, async () => {
    const { page, close } = await open(within, tree);
    const all = await page.evaluate(() => {
      const seen = (element) => element.checkVisibility() && element.tabIndex >= 0;
      const found = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter(seen);
      found.forEach((element, at) => (element.dataset.reach = at));
      return found.length;
    });
    const reached = new Set();
    for (let press = 0; press <= all; press += 1) {
      await page.keyboard.press("Tab");
      const [at, visible] = await page.evaluate(() => {
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
        return [document.activeElement.dataset.reach, outlineStyle !== "none" && outlineWidth !== "0px"];
      });
      if (at === undefined) continue;
      assert.ok(visible, `the focus on element ${at} can be seen`);
      reached.add(at);
    }
    assert.equal(reached.size, all);
    await close();
  });

  test(`${tree.name}: it prints`, async () => {
    const { page, close } = await open(within, tree);
    for (const format of ["A4", "Letter"]) {
      const pdf = await page.pdf({ format, printBackground: true });
      assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
      assert.ok(pdf.length > 10000, `${pdf.length} bytes`);
    }
    await close();
  });
}

test("what a hostile tree says is shown as text", async () => {
  const { page, close } = await open(within, pages.find(({ name }) => name === hostile));
  const text = await page.evaluate("document.body.textContent");
  for (const said of [
    "</script><script>globalThis.ran = 1</script>",
    "<!--<script>",
    '"><img src=https://hostile.example/a.png onerror="globalThis.ran = 2">',
    "' autofocus onfocus='globalThis.ran = 3",
    "</title></style></textarea></template><h1>heading",
    "{{ 7 * 7 }}{% raw %}${7*7}`",
    "שלום",
    "📞",
  ]) {
    assert.ok(text.includes(said), said);
  }
  await close();
});

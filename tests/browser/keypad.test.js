// The keypad of a page: it calls as `presszero call` does, and a person can be called on it by mouse and by keyboard.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, hostile, open, pages, program } from "./open.js";

const CALLS = 40;

let within;
before(async () => {
  within = await browser();
});
after(() => within.close());

// The same numbers every time (a linear congruential generator: Knuth, The Art of Computer Programming, volume 2, 3.2.1).
function numbers(seed) {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor(state / 65536) % below;
  };
}

// Something that a caller does: mostly single keys.
function act(random) {
  const sort = random(12);
  if (sort < 7) return ["press", "0123456789*#"[random(12)]];
  if (sort < 8) return ["press", `${random(10)}${random(10)}${"*#5"[random(3)]}`];
  if (sort < 9) return ["enter", "123456789012#".slice(random(8))];
  if (sort < 11) return ["wait"];
  return ["say", ["billing", "yes", "agent"][random(3)]];
}

const typed = ([verb, text]) => ({ press: text, wait: "wait" })[verb] ?? `${verb}:${text}`;

// The answers that steps can be told to give, some of them.
function given(steps, random) {
  const chosen = steps.filter(({ answers }) => answers && random(4) === 0);
  return chosen.map(({ name, answers }) => [name, answers[random(answers.length)]]).filter(([name]) => !name.includes("="));
}

for (const tree of pages) {
  test(`${tree.name}: ${CALLS} calls go as those of presszero call`, async () => {
    const { page, close } = await open(within, tree);
    const { steps } = await page.evaluate("JSON.parse(document.getElementById('call-tree').textContent)");
    const random = numbers(20261122);
    for (let call = 0; call < CALLS; call += 1) {
      const acts = Array.from({ length: 1 + random(9) }, () => act(random));
      const answers = given(steps, random);
      const options = answers.flatMap(([name, answer]) => ["--given", `${name}=${answer}`]);
      const script = ["call", tree.file, "--format", "json", "--press", acts.map(typed).join(","), ...options];
      const { transcript, meters, ending, asked_again } = JSON.parse(execFileSync(program, script, { encoding: "utf8" }));
      const told = await page.evaluate(
        ([does, says]) => {
          const tree = JSON.parse(document.getElementById("call-tree").textContent);
          const made = new PresszeroCall(tree, new Map(says));
          for (const one of does) made.act(one);
          return made.told();
        },
        [acts, answers],
      );
      assert.deepEqual(told, { transcript, meters, ending, asked_again }, script.join(" "));
    }
    await close();
  });
}

const meters = (page) =>
  page.evaluate(() => Object.fromEntries([...document.querySelectorAll("#call [data-meter]")].map((at) => [at.dataset.meter, at.textContent])));

const cable = () => pages.find(({ name }) => name === "third-press-of-two");

test("a person is called by mouse, with meters, undo, an answer of the system, and a test that passes", async () => {
  const { page, tried, close } = await open(within, cable());
  const press = (keys) => [...keys].reduce((before, key) => before.then(() => page.click(`[data-key="${key}"]`)), Promise.resolve());
  await press("21234567890");
  assert.equal((await meters(page)).keys, "11");
  await page.click('[data-do="undo"]');
  assert.equal((await meters(page)).keys, "1");
  await press("1234567890");
  await page.selectOption("#call .log select", "rejected");
  assert.equal((await meters(page)).failed, "1");
  await page.selectOption("#call .log select", "accepted");
  await press("221234567890");
  await page.click('[data-do="wait"]');
  assert.match(await page.textContent("#call .now"), /A person answers/);
  const { menus, keys, again } = await meters(page);
  assert.deepEqual({ menus, keys, again }, { menus: "3", keys: "23", again: "0" });

  const folder = mkdtempSync(join(tmpdir(), "presszero-"));
  const written = await page.textContent("#call pre code");
  writeFileSync(join(folder, "line.yaml"), readFileSync(cable().file));
  writeFileSync(join(folder, "line.calls.yaml"), written);
  const told = spawnSync(program, ["test", join(folder, "line.yaml")], { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  assert.equal(told.status, 0, `${written}\n${told.stdout}${told.stderr}`);
  assert.deepEqual(tried, []);
  await close();
});

test("a person is called by keyboard", async () => {
  const { page, close } = await open(within, cable());
  await page.focus('[data-do="wait"]');
  for (const key of ["2", ..."1234567890", "2", "2", ..."1234567890"]) await page.keyboard.press(key);
  await page.keyboard.press("Enter");
  assert.match(await page.textContent("#call .now"), /A person answers/);
  await page.focus('[data-do="again"]');
  await page.keyboard.press("Space");
  assert.equal((await meters(page)).keys, "0");
  await close();
});

test("what a hostile tree says in a call is text", async () => {
  const { page, tried, close } = await open(within, pages.find(({ name }) => name === hostile));
  for (const key of ["0", "2", "4"]) await page.click(`[data-key="${key}"]`);
  await page.click('[data-do="again"]');
  await page.click('[data-key="0"]');
  assert.ok((await page.textContent("#call .log")).includes("</script><script>globalThis.ran = 1</script>"));
  assert.equal(await page.evaluate("globalThis.ran"), undefined);
  assert.deepEqual(tried, []);
  await close();
});

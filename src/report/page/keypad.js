// The telephone of the page: what is done is kept as a list of acts, and the call is made anew after each of them, so that
// undoing is leaving out the last one.
const part = (selector) => document.querySelector(`#call ${selector}`);
const tree = JSON.parse(part("#call-tree")?.textContent ?? "null");
const now = { acts: [], given: new Map(), typed: "", aloud: false, keyboard: false, call: null, shown: 0 };

const WORDS = {
  "no-input": "silence: nothing was pressed or said",
  "no-match": "that is not understood",
  over: "the call is over",
  "no-keys": "no telephone has such keys",
  "not-in-queue": "nothing comes of it while waiting here",
  "keys-not-taken": "keys are not taken here",
  "words-not-taken": "nobody listens to words here",
  person: "A person answers.",
  promise: "The call ends with a promise to call back or to listen.",
  served: "The system hangs up: the caller is served.",
  closed: "The system hangs up: it is closed.",
  error: "The system hangs up after an error.",
  deflected: "The system hangs up and sends the caller elsewhere.",
  "hung-up": "The system hangs up.",
  dropped: "The line drops: there is no way on.",
  unknown: "The file does not tell what comes next.",
  endless: "This goes round without end.",
  "too-long": "This goes on and on without a question to the caller.",
  left: "You hang up.",
};

// Characters that turn the direction of a line, or that cannot be seen, are shown as a dot.
const plain = (text) => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "·");

function clock({ milliseconds, unknown }) {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}${unknown > 0 ? "+" : ""}`;
}

function element(name, text, attributes = {}) {
  const out = document.createElement(name);
  out.textContent = plain(text);
  for (const [key, value] of Object.entries(attributes)) out.setAttribute(key, value);
  return out;
}

// One thing that happened, in words; nothing for what others say already.
function words(entry, before) {
  switch (entry.event) {
    case "hears":
      return `“${entry.words}${entry.cut ? " …" : ""}”${entry.again ? " (heard before)" : ""}`;
    case "does":
      return `You ${entry.act === "wait" ? "say nothing" : entry.act}`;
    case "ignored":
      return `You ${entry.act}: ${WORDS[entry.why]}`;
    case "misses":
      return ["rejected", "too-short"].includes(before?.answer) ? "" : WORDS[entry.why];
    case "answers": {
      const wait = entry.mark.wait && `, after ${entry.mark.wait[1] > 0 ? "a wait that the file does not give" : clock({ milliseconds: entry.mark.wait[0], unknown: 0 })}`;
      return `${entry.mark.about ? `${entry.mark.about}: ` : ""}${entry.answer}${wait ?? ""}${entry.by === "assumed" ? " (assumed)" : ""}`;
    }
    case "skips":
      return `${entry.datum} is known already and is not asked for again`;
    case "awaits":
      return `silence for ${clock({ milliseconds: entry.milliseconds, unknown: 0 })}: a further key could follow`;
    case "cuts":
      return `only the first ${entry.digits} digits are taken`;
    case "ends":
      return WORDS[entry.how];
    default:
      return "";
  }
}

// What the system answers can be chosen where the file or the call itself does not decide it.
function choice(entry) {
  const step = tree.steps[entry.mark.step];
  const clocked = ["hours", "queue"].includes(step.kind);
  if (!step.answers || (entry.by === "file" && !clocked) || entry.answer === "too-short") return null;
  const select = element("select", "", { "aria-label": plain(`What the system answers at ${step.shown ?? step.name}`) });
  const usual = element("option", "the usual answer", { value: "" });
  select.append(usual, ...step.answers.map((answer) => element("option", answer, { value: answer })));
  select.value = now.given.get(step.name) ?? "";
  select.dataset.step = entry.mark.step;
  select.addEventListener("change", () => {
    if (select.value) now.given.set(step.name, select.value);
    else now.given.delete(step.name);
    show();
    part(`.log select[data-step="${entry.mark.step}"]`)?.focus();
  });
  return select;
}

function line(entry, before) {
  const text = words(entry, before);
  if (entry.event === "comes") {
    const step = tree.steps[entry.mark.step];
    const out = element("li", "", { class: "comes" });
    out.append(element("span", clock(entry.at), { class: "clock" }), " ", element("strong", step.shown ?? step.name, { dir: "auto" }));
    return out;
  }
  if (!text) return null;
  const out = element("li", "", { class: entry.again ? "again" : entry.event.replace("answers", "answered") });
  out.append(element("span", clock(entry.at), { class: "clock" }), " ", element("span", text, { dir: "auto" }));
  const answers = entry.event === "answers" ? choice(entry) : null;
  if (answers) out.append(" ", answers);
  return out;
}

// Makes the call so far, and shows it.
function show() {
  const call = new Call(tree, now.given);
  let from = 0;
  for (const act of now.acts) {
    from = call.entries.length;
    call.act(act);
  }
  now.call = call;
  const { entries } = call;
  const lines = entries.map((entry, at) => line(entry, entries[at - 1])).filter(Boolean);
  part(".log ol").replaceChildren(...lines);
  part(".log").scrollTop = part(".log").scrollHeight;
  const isNew = ({ event }, at) => at >= from && !["comes", "does"].includes(event);
  const told = entries.map((entry, at) => (isNew(entry, at) ? words(entry, entries[at - 1]) : "")).filter(Boolean);
  part(".now").replaceChildren(...told.map((text) => element("p", text, { dir: "auto" })));
  meter(call);
  offer(call);
  test(call);
  speak(entries.filter(isNew));
}

function meter(call) {
  const { menus, presses, digits, prompts_again, failed_attempts } = call.meters;
  const [milliseconds, unknown] = call.clock;
  const told = { time: clock({ milliseconds, unknown }), menus, keys: presses + digits, again: prompts_again, failed: failed_attempts };
  for (const [name, value] of Object.entries(told)) part(`[data-meter="${name}"]`).textContent = value;
}

// What can be done now.
function offer(call) {
  const step = call.step();
  const status = call.status();
  part(".where").textContent = plain(step ? (step.shown ?? step.name) : "The end of the line");
  part(".typed").textContent = now.typed ? `${now.typed} …` : "";
  const said = (step?.options ?? []).flatMap((option) => option.says ?? []);
  part(".saying").hidden = status === "over" || (status !== "collect" && said.length === 0);
  part("#call-said").replaceChildren(...said.map((text) => element("option", "", { value: text })));
  const enabled = {
    done: now.typed !== "",
    wait: status !== "over",
    "hang-up": status !== "over",
    undo: now.acts.length > 0 || now.typed !== "",
    again: now.acts.length > 0,
  };
  for (const [name, is] of Object.entries(enabled)) part(`[data-do="${name}"]`).setAttribute("aria-disabled", String(!is));
  part('[data-do="wait"]').textContent = status === "queue" ? "Wait" : "Say nothing";
  for (const key of document.querySelectorAll("#call [data-key]")) key.setAttribute("aria-disabled", String(status === "over"));
}

// The call as an entry of `calls:`.
function test(call) {
  const quoted = (text) => (/^[A-Za-z0-9]([A-Za-z0-9 _-]*[A-Za-z0-9_-])?$/.test(text) ? text : JSON.stringify(text));
  const arrival = call.entries.findLast(({ event }) => event === "comes");
  const expect = [];
  if (call.step()) expect.push(`reaches: ${quoted(call.step().name)}`);
  if (arrival?.at.unknown === 0 && call.ending !== "left") {
    expect.push(`within: ${Math.max(1, Math.ceil(arrival.at.milliseconds / 1000))}s`);
  }
  if (arrival) expect.push(`at-most-presses: ${arrival.mark.presses}`);
  const given = [...now.given].map(([name, answer]) => `${quoted(name)}: ${quoted(answer)}`);
  const lines = ["calls:", "  - name: a call made in the page"];
  if (tree.at) lines.push(`    at: ${tree.at}`);
  if (given.length > 0) lines.push(`    given: {${given.join(", ")}}`);
  lines.push(`    does: [${now.acts.map((act) => quoted(act.join(" "))).join(", ")}]`, `    expect: {${expect.join(", ")}}`);
  part("pre code").textContent = `${lines.join("\n")}\n`;
  part(".copied").textContent = "";
}

function speak(news) {
  if (!("speechSynthesis" in globalThis)) return;
  speechSynthesis.cancel();
  for (const { words: text } of now.aloud ? news.filter(({ event }) => event === "hears") : []) {
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.lang = tree.language;
    speechSynthesis.speak(spoken);
  }
}

function act(...acts) {
  now.typed = "";
  now.acts.push(...acts);
  show();
}

// What was typed is pressed: data at a collect step, keys elsewhere.
function done() {
  if (now.typed) act([now.call.status() === "collect" && now.typed.length > 1 ? "enter" : "press", now.typed]);
}

function press(key) {
  if (now.call.status() === "over") return;
  now.typed += key;
  if (now.call.waitsForMore(now.typed)) offer(now.call);
  else done();
}

const DOES = {
  done,
  wait: () => now.call.status() !== "over" && act(["wait"]),
  "hang-up": () => now.call.status() !== "over" && act(["hang up"]),
  undo() {
    if (!now.typed) now.acts.pop();
    now.typed = "";
    show();
  },
  again() {
    Object.assign(now, { acts: [], typed: "" });
    show();
  },
  aloud() {
    now.aloud = !now.aloud;
    part('[data-do="aloud"]').setAttribute("aria-pressed", String(now.aloud));
    speak(now.call.entries.filter(({ event }) => event === "hears").slice(-1));
  },
  async copy() {
    try {
      await navigator.clipboard.writeText(part("pre code").textContent);
      part(".copied").textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(part("pre code"));
      part(".copied").textContent = "Selected: copy it with your keyboard";
    }
  },
};

if (tree) {
  part('[data-call="without"]').hidden = true;
  part(".call").hidden = false;
  part('[data-do="aloud"]').hidden = !("speechSynthesis" in globalThis);
  part(".call").addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button?.dataset.key || button?.dataset.do) now.keyboard = false;
    if (button?.dataset.key) press(button.dataset.key);
    else if (button?.dataset.do) DOES[button.dataset.do]();
  });
  part(".saying").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = part("#call-words").value.trim();
    if (text) act(["say", text]);
    part("#call-words").value = "";
  });
  // Keys of the keyboard count while the telephone has the focus; Enter ends an entry that was typed on them.
  part(".call").addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || target.closest("input, select")) return;
    if (/^[0-9*#]$/.test(key)) press(key);
    else if (key === "Backspace") now.typed = now.typed.slice(0, -1);
    else if (key !== "Enter" || !now.typed || !now.keyboard) return;
    else done();
    event.preventDefault();
    now.keyboard = true;
    offer(now.call);
  });
  show();
}

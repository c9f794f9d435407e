// A call with what the caller does, key by key, until a person answers or it is over.
const MESSAGES_MAX = 500;

class Call extends Line {
  // The caller does something: ["press", "12"], ["enter", "1234"], ["say", "billing"], ["wait"], ["hang up"].
  act(act) {
    const [verb, text = ""] = act;
    const status = this.status();
    if (status === "over") return this.ignore(act, "over");
    if (verb === "hang up") {
      this.does(act);
      return this.end("left");
    }
    if (verb === "wait" && status === "queue") {
      this.does(act);
      return this.waitInQueue();
    }
    if (verb === "wait") return this.staySilent();
    if (verb === "say") return this.say(act, text);
    const keys = verb === "enter" ? text.replace(/[ -]/g, "") : text;
    return /^[0-9*#]+$/.test(keys) ? this.press(act, keys) : this.ignore(act, "no-keys");
  }

  // What a caller answers.

  question(step) {
    if (step.kind === "collect") {
      const skip = this.moves().find((move) => move.known);
      if (skip && this.memory.data.has(step.about)) {
        this.log("skips", { datum: step.about });
        return skip;
      }
    } else {
      this.meters.menus += 1;
    }
    return void this.ask(step);
  }

  // An attempt begins; which reprompt is heard follows from the failures before it.
  ask(step) {
    const { silences, wrongs, last } = this.attempt;
    const row = last ? (step.reprompts?.[last === "silence" ? 0 : 1] ?? []) : [];
    const own = last === "silence" ? silences : wrongs;
    const failures = step.attempts.length === 1 ? silences + wrongs : own;
    const prompt = this.prompt(row[failures - 1] ?? row.at(-1) ?? step.prompt);
    this.hearing = prompt ?? SILENT;
    this.spent = 0;
    this.hear(prompt, this.lasts(), silences + wrongs + 1);
  }

  untilTimeout() {
    const [ms, unknown] = this.lasts();
    return [ms + (this.step().timeout ?? 5000), unknown];
  }

  staySilent() {
    this.passTo(this.untilTimeout());
    this.does(["wait"]);
    this.misses("silence");
  }

  misses(miss) {
    const step = this.step();
    this.log("misses", { why: miss === "silence" ? "no-input" : "no-match" });
    this.meters.failed_attempts += 1;
    this.lastKey = null;
    const next = { ...this.attempt, last: miss };
    next[`${miss}s`] += 1;
    const [both, wrong = both] = step.attempts;
    const failures = step.attempts.length === 1 ? next.silences + next.wrongs : next[`${miss}s`];
    if (failures < (miss === "silence" ? both : wrong)) {
      this.attempt = next;
      return this.ask(step);
    }
    // What follows a rejected entry starts at the place of its outcome.
    const entered = miss === "wrong" ? this.way("entered") : undefined;
    const exit = this.moves(entered?.to ?? this.place).find((move) => move.cause === miss);
    if (exit) this.take(exit);
    else this.arrive(this.tree.dropped);
    return this.goOn();
  }

  press(act, pressed) {
    let [rest, doing] = [pressed, act];
    while (rest) {
      const status = this.status();
      if (status === "over") return;
      if (status === "collect") return void this.keyIn(doing, rest);
      const { move, length, afterPause } = this.takeKeys(rest);
      if (!move) return void this.wrong(doing, rest, status === "queue", afterPause);
      this.choose(doing, move, rest.slice(0, length), afterPause);
      doing = null;
      rest = rest.slice(length);
    }
  }

  choose(act, move, keys, afterPause) {
    this.listenFor(move.option);
    if (act) this.does(act);
    this.add(this.choosing(Math.max(1, keys.length)));
    if (afterPause) this.awaitMore();
    this.meters.presses += keys.length;
    if (keys) {
      const run = this.lastKey?.keys === keys ? this.lastKey.run + 1 : 1;
      this.meters.same_key_run = Math.max(this.meters.same_key_run, run);
      this.lastKey = { keys, run };
    }
    this.take(move);
    this.goOn();
  }

  // Listens until an option is announced, or to the end where it is not, or must be.
  listenFor(option) {
    const all = this.lasts();
    const known = this.hearing.known[option] ?? all;
    if (this.step().listenToEnd) {
      const later = known[0] > all[0] || (known[0] === all[0] && known[1] > all[1]);
      return this.passTo(later ? known : all);
    }
    this.cut(Math.max(known[0], this.spent));
    return this.passTo(known);
  }

  wrong(act, keys, inQueue, afterPause) {
    this.passTo(this.lasts());
    if (act && inQueue) this.ignore(act, "not-in-queue");
    else if (act) this.does(act);
    const takes = this.choosing(keys.length);
    this.meters.presses += keys.length;
    if (inQueue) return this.holdInQueue(takes + (afterPause ? this.step().pause : 0));
    this.add(takes);
    if (afterPause) this.awaitMore();
    return this.misses("wrong");
  }

  keyIn(act, pressed) {
    const { collect } = this.step();
    const option = this.optionOf(pressed);
    if (collect.speechOnly && !option) return this.ignore(act ?? ["enter", pressed], "keys-not-taken");
    const isWhole = collect.digits && pressed.length >= collect.digits[1];
    return option && !isWhole ? this.choose(act, option, pressed, true) : this.enter(act, collect, pressed);
  }

  enter(act, collect, pressed) {
    const [typed] = collect.end ? pressed.split(collect.end) : [pressed];
    const [least, most] = collect.digits ?? [1, Infinity];
    const length = Math.min(typed.length, most);
    const digits = length + (collect.end?.length ?? 0);
    this.passTo(this.lasts());
    if (act) this.does(act);
    if (length < typed.length) this.log("cuts", { digits: length });
    this.add(this.entering(digits, collect.fetched));
    if (!collect.end && length < most) this.awaitMore();
    this.meters.digits += digits;
    this.outcome(length < Math.max(1, least));
  }

  outcome(tooShort) {
    const step = this.step();
    const given = this.givenAt(step);
    const rejected = given === "rejected";
    if (step.about !== undefined && this.entered.has(step.about)) this.meters.entries_again += 1;
    this.entered.add(step.about);
    if (tooShort) this.answers("too-short", "file");
    else this.answers(rejected ? "rejected" : "accepted", given ? "given" : "assumed");
    if (tooShort || rejected) return this.misses("wrong");
    if (step.about !== undefined) this.memory.data.add(step.about);
    const entered = this.way("entered");
    if (!entered) return undefined;
    const then = this.moves(entered.to).find((move) => move.cause === "then");
    if (then) this.take(then);
    else this.arrive(this.tree.unknown);
    return this.goOn();
  }

  say(act, words) {
    const options = this.moves().filter((move) => move.option !== undefined);
    const says = (move) => this.tree.steps[this.tree.places[this.place].step].options[move.option].says ?? [];
    const plain = (text) => text.trim().toLowerCase();
    const found = options.find((move) => says(move).some((said) => plain(said) === plain(words)));
    const status = this.status();
    if (found) return this.choose(act, found, "", false);
    if (status === "collect") {
      this.passTo(this.lasts());
      this.does(act);
      this.add(this.entering(0, this.step().collect.fetched), 1);
      return this.outcome(false);
    }
    if (status === "queue") return this.ignore(act, "words-not-taken");
    if (options.some((move) => says(move).length > 0)) {
      this.passTo(this.lasts());
      this.does(act);
      this.add(this.choosing(1));
      return this.misses("wrong");
    }
    this.ignore(act, "words-not-taken");
    this.passTo(this.untilTimeout());
    return this.misses("silence");
  }

  choosing(presses) {
    const { reaction, press, after } = this.tree.pace;
    return presses === 0 ? 0 : reaction + press * presses + after;
  }

  entering(digits, fetched) {
    const { reaction, heart, read, fetch, after } = this.tree.pace;
    return reaction + (fetched ? fetch + digits * read : digits * heart) + after;
  }

  // The system waits in silence whether more keys come.
  awaitMore() {
    const { pause } = this.step();
    if (pause === 0) return;
    this.log("awaits", { milliseconds: pause });
    this.add(pause);
  }

  // Which option keys select.

  // Whether the system waits whether more keys come.
  waitsForMore(keys) {
    const collect = this.step()?.collect;
    if (!collect) return this.takeKeys(keys).afterPause;
    return keys.length < (collect.digits?.[1] ?? Infinity) && !(collect.end && keys.endsWith(collect.end));
  }

  takeKeys(keys) {
    const options = this.options();
    const { takes } = this.step();
    for (let length = 1; length <= keys.length; length += 1) {
      const typed = keys.slice(0, length);
      const longer = takes ? length < takes : options.some(([pattern]) => goesOn(pattern, typed));
      if (!longer || length === keys.length) return { move: this.optionOf(typed), length, afterPause: longer };
    }
    return { length: 0, afterPause: false };
  }

  optionOf(keys) {
    const options = this.options();
    return (options.find(([pattern]) => pattern === keys) ?? options.find(([pattern]) => matches(pattern, keys)))?.[1];
  }

  options() {
    const step = this.tree.steps[this.tree.places[this.place].step];
    const keyed = this.moves().filter((move) => move.cause === "key" && move.option !== undefined);
    const options = keyed.map((move) => [step.options[move.option].keys, move]);
    return options.filter(([keys]) => keys !== undefined);
  }

  // A wait in a queue.

  queue(step, given) {
    const refusals = { full: ["full", "otherwise", "error"], closed: ["closed", "otherwise", "error"], fails: ["otherwise", "error"] };
    const refused = Object.hasOwn(refusals, given ?? "") ? refusals[given] : undefined;
    if (refused) {
      this.answers(given, "given");
      return this.moves().find((move) => move.cause === refused[0]) ?? this.first(...refused);
    }
    if (this.tree.places[this.place].unstaffed) {
      this.answers("closed", "file");
      return this.first("closed");
    }
    const prompt = this.prompt(step.prompt);
    const [ms, unknown] = prompt?.lasts ?? [0, 0];
    this.hearing = prompt ?? SILENT;
    this.spent = 0;
    this.hear(prompt, [ms, unknown], 0);
    const { every, plays } = step.queue;
    const message = plays === undefined ? null : [plays, ms + every];
    this.waiting = { ms, unknown, message, messages: 0, ...event(step.queue, given) };
    return undefined;
  }

  waitInQueue() {
    const { ms, what, after, by } = this.waiting;
    if (what === "never") return this.end("endless");
    if (what === "sometime") {
      this.listenUntil(Math.max(this.spent, ms));
      this.add(0, 1);
      return this.answered([Math.max(0, this.spent - ms), 1], by);
    }
    this.listenUntil(ms + (after ?? 0));
    if (after === null) this.add(0, 1);
    if (what === "answered") return this.answered([after, 0], by);
    this.answers("overflows", by);
    const move = this.first("overflow");
    if (!move) return undefined;
    this.take(move);
    return this.goOn();
  }

  holdInQueue(ms) {
    const { what, after, ms: prompt } = this.waiting;
    const until = this.spent + ms;
    if (what === "never" || after === null || prompt + after > until) this.listenUntil(until);
    else this.waitInQueue();
  }

  answered(wait, by) {
    this.answers("answered", by, { wait });
    this.end("person");
  }

  listenUntil(until) {
    const { waiting } = this;
    if (this.spent < waiting.ms || waiting.ms === 0) {
      this.add(0, waiting.unknown);
      waiting.unknown = 0;
    }
    while (waiting.message && waiting.message[1] < until) waiting.message = this.message(...waiting.message);
    this.passTo([until, 0]);
  }

  // One message is heard; the next one comes back with its beginning.
  message(at, begins) {
    const step = this.tree.steps[at];
    if (step.kind !== "message") return null;
    this.passTo([begins, 0]);
    const prompt = this.prompt(step.prompt);
    const lasts = prompt?.lasts ?? [0, 0];
    this.hear(prompt, lasts, 0);
    this.add(0, lasts[1]);
    this.waiting.messages += 1;
    const next = begins + Math.max(lasts[0], this.step().queue.every);
    return step.then !== undefined && this.waiting.messages < MESSAGES_MAX && next > begins ? [step.then, next] : null;
  }
}

// What happens of itself in a queue.
function event({ wait, overflow }, given) {
  if (given === "busy") return overflow === undefined ? { what: "never", after: null } : { what: "overflows", after: overflow, by: "given" };
  if (wait !== undefined && overflow != null && wait > overflow) {
    return given ? { what: "sometime", after: overflow, by: "given" } : { what: "overflows", after: overflow, by: "file" };
  }
  if (wait !== undefined) return { what: "answered", after: wait, by: "file" };
  return { what: "sometime", after: overflow ?? null, by: given ? "given" : "assumed" };
}

const fits = (pattern, key) => {
  const sets = { X: "0123456789", Z: "123456789", N: "23456789" };
  return (sets[pattern] ?? pattern).includes(key);
};

function body(pattern) {
  return pattern.endsWith(".") ? [pattern.slice(0, -1), true] : [pattern, false];
}

function matches(pattern, keys) {
  const [letters, more] = body(pattern);
  const length = more ? keys.length > letters.length : keys.length === letters.length;
  return length && [...letters].every((letter, at) => fits(letter, keys[at]));
}

// Whether more keys after these can select an option.
function goesOn(pattern, typed) {
  const [letters, more] = body(pattern);
  const shared = [...letters].slice(0, typed.length);
  return (more || typed.length < letters.length) && shared.every((letter, at) => fits(letter, typed[at]));
}

// Programs that look at a page make calls as well.
globalThis.PresszeroCall = Call;

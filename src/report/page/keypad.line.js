// A call as far as it goes on by itself, as `presszero call` tells it: `tree` is the automaton of the page.
// A length is a pair: milliseconds, and how many parts of it have no known length.
const STEPS_MAX = 10000;
const SILENT = { words: "", lasts: [0, 0], spoken: [], known: [] };

class Line {
  constructor(tree, given = new Map()) {
    Object.assign(this, { tree, given, clock: [0, 0], spent: 0, place: tree.entry });
    this.memory = { counters: new Map(), data: new Set(), facts: new Map() };
    Object.assign(this, { heard: new Set(), entered: new Set(), entries: [], ending: null, waiting: null });
    Object.assign(this, { asked: false, promised: false, lastKey: null, attempt: null, hearing: SILENT });
    this.meters = {
      menus: 0, presses: 0, digits: 0, failed_attempts: 0, prompts_again: 0, entries_again: 0, same_key_run: 0,
    };
    this.arrive(tree.entry);
    this.goOn();
  }

  status() {
    const kind = this.ending ? null : this.step()?.kind;
    return ["menu", "collect", "queue"].includes(kind) ? kind : "over";
  }

  // The step where the call is; nothing at the end of the line.
  step() {
    const { step, aside } = this.tree.places[this.place];
    return aside ? undefined : this.tree.steps[step];
  }

  // Data that the person who is reached must ask for again.
  askedAgain() {
    const step = this.step();
    if (!["agent", "queue", "transfer"].includes(step?.kind)) return [];
    return [...this.memory.data].filter((name) => !(step.receives ?? []).includes(name)).sort();
  }

  // What happened, in the form of `presszero call --format json`.
  told() {
    const time = { milliseconds: this.clock[0], unknown: this.clock[1] };
    return {
      transcript: this.entries.map(({ mark: _, ...entry }) => entry),
      meters: { time, ...this.meters },
      ending: this.ending,
      asked_again: this.askedAgain(),
    };
  }

  log(event, more = {}, mark = {}) {
    const { step } = this.tree.places[this.place];
    const name = step === undefined ? null : this.tree.steps[step].name;
    const at = { milliseconds: this.clock[0], unknown: this.clock[1] };
    this.entries.push({ at, step: name, event, ...more, mark: { step, presses: this.meters.presses, ...mark } });
  }

  does(act) {
    this.log("does", { act: act.join(" ") });
  }

  ignore(act, why) {
    this.log("ignored", { act: act.join(" "), why });
  }

  answers(answer, by, mark) {
    this.log("answers", { answer, by }, mark);
  }

  end(ending) {
    this.ending = this.promised && ["served", "closed", "error", "deflected", "hung-up"].includes(ending) ? "promise" : ending;
    this.log("ends", { how: this.ending });
  }

  add(ms, unknown = 0) {
    this.clock = [this.clock[0] + ms, this.clock[1] + unknown];
  }

  // How the call goes on by itself.

  goOn() {
    const seen = new Set();
    while (!this.ending) {
      const { counters, data, facts } = this.memory;
      const memory = [[...counters].sort(), [...data].sort(), [...facts].sort()];
      const situation = JSON.stringify([this.place, this.attempt, memory]);
      if (seen.has(situation)) return this.end("endless");
      seen.add(situation);
      if (seen.size > STEPS_MAX) return this.end("too-long");
      const move = this.onward();
      if (!move) return undefined;
      this.add(...(move.takes ?? [0, 0]));
      this.take(move);
    }
    return undefined;
  }

  arrive(place) {
    Object.assign(this, { place, attempt: { silences: 0, wrongs: 0, last: null }, spent: 0, waiting: null });
    const step = this.step();
    if (!step) return;
    this.log("comes");
    this.set(step.tree, step.sets);
  }

  take(move) {
    const step = this.tree.steps[this.tree.places[this.place].step];
    if (move.option !== undefined) this.set(step.tree, step.options[move.option].sets);
    this.asked = Boolean(move.asked);
    this.arrive(move.to);
  }

  set(tree, sets = []) {
    for (const [name, value] of sets) {
      const key = `${tree} ${name}`;
      this.memory.counters.delete(key);
      if (value === "unknown") this.memory.facts.delete(key);
      else this.memory.facts.set(key, ["set", value]);
    }
  }

  moves(place = this.place) {
    return this.tree.places[place].moves;
  }

  way(cause) {
    return this.moves().find((move) => move.cause === cause && !move.gone);
  }

  first(...causes) {
    const found = causes.map((cause) => this.way(cause)).find(Boolean);
    if (!found) this.end("dropped");
    return found;
  }

  orUnknown(cause) {
    const found = this.way(cause);
    if (!found) this.end("unknown");
    return found;
  }

  givenAt(step) {
    return this.given.get(step.name) ?? this.given.get(step.about);
  }

  onward() {
    const step = this.step();
    if (!step) return void this.end(this.place === this.tree.dropped ? "dropped" : "unknown");
    const given = this.givenAt(step);
    if (given === "error") {
      this.answers("error", "given");
      return this.first("error");
    }
    switch (step.kind) {
      case "menu":
      case "collect":
        return this.question(step);
      case "queue":
        return this.queue(step, given);
      case "agent":
        return this.lastWords(step, "person");
      case "hang-up":
        return this.lastWords(step, step.ends);
      case "promise": {
        this.promised = true;
        const then = this.way("then");
        if (!then) return this.lastWords(step, "promise");
        this.hearStep(step);
        return then;
      }
      case "unknown":
        return void this.end("unknown");
      default:
        return this.movesOn(step, given, this.hearStep(step));
    }
  }

  movesOn(step, given, heard) {
    const by = given ? "given" : "assumed";
    switch (step.kind) {
      case "hours":
        return this.hours(given);
      case "decision":
        return this.decision(step, given);
      case "self-service":
        this.answers(given === "fails" ? "fails" : "succeeds", by);
        if (given !== "fails") return this.first("then");
        return this.moves().some((move) => move.cause === "otherwise") ? this.first("otherwise") : this.first("error", "otherwise");
      case "transfer":
        return this.transfer(step, given, by, heard);
      case "loop":
        return this.round(step, given);
      case "subtree":
        return this.orUnknown("entering");
      case "return":
        return this.orUnknown("leaving");
      default:
        return this.orUnknown("then");
    }
  }

  hours(given) {
    const { now, to } = this.tree.places[this.place];
    const states = ["open", "closed", "holiday", "emergency"];
    const told = states.includes(given) ? given : undefined;
    const answer = told ?? now ?? "open";
    this.answers(answer, told ? "given" : now ? "file" : "assumed");
    const at = to[states.indexOf(answer)];
    if (at === null) this.end("unknown");
    return this.moves()[at];
  }

  // What the call has set goes before what is given, and that before what was assumed before.
  decision(step, given) {
    const key = `${step.tree} ${step.about ?? ""}`;
    const cases = step.cases ?? [];
    const fact = this.memory.facts.get(key);
    let [value, by] = [fact?.[1], "file"];
    if (fact?.[0] !== "set" && given) [value, by] = [given, "given"];
    else if (!fact) {
      [value, by] = [cases[0] ?? null, "assumed"];
      this.memory.facts.set(key, ["assumed", value]);
    }
    const at = cases.indexOf(value);
    this.answers(at < 0 ? "otherwise" : value, by, { about: step.about ?? "" });
    const move = this.tree.places[this.place].to.at(at);
    return move === null ? this.first("error") : this.moves()[move];
  }

  transfer(step, given, by, heard) {
    if (given === "busy" || given === "unanswered") {
      this.answers(given, "given");
      return this.first(given, "then", "error");
    }
    if (given === "returns") {
      this.answers("returns", "given");
      return this.first("then", "error");
    }
    const connected = this.way("connected");
    if (connected) {
      const kept = [...this.memory.data].filter((name) => (step.receives ?? []).includes(name));
      if (step.leaves) this.memory.data = new Set(kept);
      return connected;
    }
    this.add(...heard);
    const wait = step.wait === undefined ? [0, 1] : [step.wait, 0];
    this.add(...wait);
    this.answers("answered", by, { wait });
    return void this.end("person");
  }

  round(step, given) {
    const named = step.about === undefined ? undefined : `${step.tree} ${step.about}`;
    if (named) this.memory.facts.delete(named);
    const key = named ?? `${step.tree}#${step.name}`;
    const rounds = this.memory.counters.get(key) ?? 0;
    this.memory.counters.delete(key);
    const told = given === "again" || given === "done";
    const again = told ? given === "again" : rounds < (step.times ?? 1);
    const by = told ? "given" : step.times === undefined ? "assumed" : "file";
    const way = again && this.way("again");
    if (way) {
      this.memory.counters.set(key, rounds + 1);
      this.answers("again", by);
      return way;
    }
    this.answers("done", by);
    return this.orUnknown("done");
  }

  // What is heard.

  prompt(number) {
    return number === undefined || number === null ? undefined : { spoken: [], known: [], ...this.tree.prompts[number] };
  }

  hearStep(step) {
    const prompt = this.prompt(step.prompt);
    const lasts = prompt?.lasts ?? [0, 0];
    this.hear(prompt, lasts, 0);
    return lasts;
  }

  lastWords(step, ending) {
    this.add(...this.hearStep(step));
    this.end(ending);
  }

  hear(prompt, [milliseconds, unknown], attempt) {
    const { asked } = this;
    this.asked = false;
    if (!prompt) return;
    const known = prompt.same !== undefined && this.heard.has(prompt.same);
    if (prompt.same !== undefined) this.heard.add(prompt.same);
    const again = known && !asked;
    this.meters.prompts_again += Number(again);
    this.log("hears", { words: prompt.words, lasts: { milliseconds, unknown }, attempt, again, cut: false });
  }

  lasts() {
    return this.hearing.paused ?? this.hearing.lasts;
  }

  // The prompt that began last is cut off after so many milliseconds.
  cut(after) {
    if (after >= this.lasts()[0]) return;
    const heard = this.hearing.spoken.filter(([, known]) => known <= after);
    const begun = this.entries.findLast((entry) => entry.event === "hears");
    if (heard.length > 0 && begun) {
      Object.assign(begun, { words: this.hearing.words.slice(0, heard.at(-1)[0]), cut: true });
    }
  }

  // The clock goes on to this point of the attempt or wait, if it has not gone so far already.
  passTo([ms, unknown]) {
    let more = unknown;
    if (this.waiting) {
      more = Math.min(more, this.waiting.unknown);
      this.waiting.unknown -= more;
    }
    this.add(Math.max(0, ms - this.spent), more);
    this.spent = Math.max(this.spent, ms);
  }
}

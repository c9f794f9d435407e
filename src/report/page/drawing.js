// The drawn tree: moved, zoomed, searched, folded, and asked about a step, by hand or by keyboard.
(() => {
  const stage = document.getElementById("drawing");
  if (!stage) return;
  const told = JSON.parse(document.getElementById("drawing-data").textContent);
  const view = document.getElementById("drawing-view");
  const canvas = view.querySelector("svg");
  const panel = document.getElementById("drawing-panel");
  const says = document.getElementById("drawing-says");
  const find = document.getElementById("drawing-find");
  const boxes = [...canvas.querySelectorAll("g.box")];
  const lines = [...canvas.querySelectorAll("g.line")];
  const places = boxes.map((box) => {
    const { e, f } = box.transform.baseVal.consolidate().matrix;
    const { width, height } = box.querySelector("path").getBBox();
    return { x: e, y: f, width, height };
  });
  const LEAST = 0.02, MOST = 3, READABLE = 0.95, STEP = 60;
  let at = { x: 0, y: 0, scale: 1 };
  let root = null, chosen = null, current = 0;
  const folded = new Set();
  let shown = boxes.map(() => true);

  // Where it stands and how large it is; drawn once a frame, however many events come in.
  let due = false;
  const draw = () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      canvas.style.transform = `translate(${at.x}px, ${at.y}px) scale(${at.scale})`;
    });
  };
  const zoom = (factor, x = view.clientWidth / 2, y = view.clientHeight / 2) => {
    const scale = Math.min(MOST, Math.max(LEAST, at.scale * factor));
    const by = scale / at.scale;
    at = { x: x - (x - at.x) * by, y: y - (y - at.y) * by, scale };
    draw();
  };
  const move = (x, y) => {
    at = { ...at, x: at.x + x, y: at.y + y };
    draw();
  };
  const extent = () => {
    const seen = places.filter((_, box) => shown[box]);
    const left = Math.min(...seen.map((p) => p.x)), top = Math.min(...seen.map((p) => p.y));
    const right = Math.max(...seen.map((p) => p.x + p.width)), low = Math.max(...seen.map((p) => p.y + p.height));
    return { left, top, width: right - left, height: low - top };
  };
  const fit = () => {
    const all = extent(), room = 16;
    const scale = Math.max(LEAST, Math.min(1.2, (view.clientWidth - 2 * room) / all.width, (view.clientHeight - 2 * room) / all.height));
    at = {
      x: (view.clientWidth - all.width * scale) / 2 - all.left * scale,
      y: (view.clientHeight - all.height * scale) / 2 - all.top * scale,
      scale,
    };
    draw();
  };
  // The whole where it can be read, otherwise its beginning.
  const begin = () => {
    fit();
    if (at.scale >= READABLE) return;
    const first = places[root ?? 0];
    at = { x: 20 - first.x * READABLE, y: view.clientHeight / 2 - (first.y + first.height / 2) * READABLE, scale: READABLE };
    draw();
  };
  const bring = (box) => {
    const p = places[box], edge = 24;
    const left = p.x * at.scale + at.x, top = p.y * at.scale + at.y;
    const right = left + p.width * at.scale, low = top + p.height * at.scale;
    let x = 0, y = 0;
    if (left < edge || right > view.clientWidth - edge) x = view.clientWidth / 2 - (left + right) / 2;
    if (top < edge || low > view.clientHeight - edge) y = view.clientHeight / 2 - (top + low) / 2;
    if (x || y) move(x, y);
  };

  // What is drawn: all, or what lies beyond the root, without what lies beyond folded steps.
  const beyond = (from, stopsAt) => {
    const seen = new Set([from]), stack = [from];
    while (stack.length) {
      const here = stack.pop();
      if (stopsAt.has(here)) continue;
      for (const to of told[here].onward) {
        if (!seen.has(to)) {
          seen.add(to);
          stack.push(to);
        }
      }
    }
    return seen;
  };
  const show = () => {
    if (root === null && !folded.size) {
      shown = boxes.map(() => true);
    } else {
      const whole = beyond(root ?? 0, new Set()), seen = beyond(root ?? 0, folded);
      // Without a root, what nothing leads on to is there as well, such as what works at every menu.
      shown = boxes.map((_, box) => seen.has(box) || (root === null && !whole.has(box)));
    }
    boxes.forEach((box, number) => {
      box.setAttribute("display", shown[number] ? "inline" : "none");
      const was = box.querySelector(".folded");
      if (was) was.remove();
      if (told[number].onward.length) box.setAttribute("aria-expanded", String(!folded.has(number)));
      if (!folded.has(number)) return;
      const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
      text.setAttribute("class", "folded");
      text.setAttribute("x", places[number].width + 6);
      text.setAttribute("y", places[number].height / 2 + 4);
      text.textContent = `+ ${hides(number)} beyond`;
      box.append(text);
    });
    for (const line of lines) {
      const there = shown[line.dataset.from] && shown[line.dataset.to];
      line.setAttribute("display", there && !folded.has(Number(line.dataset.from)) ? "inline" : "none");
    }
    if (!shown[current]) current = shown.indexOf(true);
    rove(current);
  };
  const hides = (box) => [...beyond(box, new Set())].filter((other) => !shown[other]).length;
  const count = () => {
    const number = shown.filter(Boolean).length;
    says.textContent = number === boxes.length ? "" : `${number} of ${boxes.length} boxes shown`;
  };

  // One box at a time takes part in the order of Tab; arrow keys go from it to its neighbours.
  const rove = (box) => {
    boxes[current].setAttribute("tabindex", "-1");
    current = box;
    boxes[current].setAttribute("tabindex", "0");
  };
  const focus = (box) => {
    rove(box);
    bring(box);
    boxes[box].focus({ preventScroll: true });
  };
  const neighbour = (from, key) => {
    const middle = (p) => [p.x + p.width / 2, p.y + p.height / 2];
    const [x, y] = middle(places[from]);
    let best = null, least = Infinity;
    places.forEach((p, box) => {
      if (box === from || !shown[box]) return;
      const [dx, dy] = [middle(p)[0] - x, middle(p)[1] - y];
      const [along, aside] = { ArrowRight: [dx, dy], ArrowLeft: [-dx, dy], ArrowDown: [dy, dx], ArrowUp: [-dy, dx] }[key];
      const cost = along + 3 * Math.abs(aside);
      if (along > 4 && cost < least) [best, least] = [box, cost];
    });
    return best;
  };

  // The panel of one step; everything in it is text.
  const made = (name, text, attributes = {}) => {
    const out = document.createElement(name);
    if (text !== undefined) out.textContent = text;
    for (const [key, value] of Object.entries(attributes)) out.setAttribute(key, value);
    return out;
  };
  const button = (text, act, attributes = {}) => {
    const out = made("button", text, { type: "button", ...attributes });
    out.addEventListener("click", act);
    return out;
  };
  const open = (box) => {
    const step = told[box];
    if (chosen !== null) boxes[chosen].classList.remove("chosen");
    chosen = box;
    boxes[box].classList.add("chosen");
    rove(box);
    const title = made("h3", step.name, { tabindex: "-1" });
    const head = made("div", undefined, { class: "title" });
    head.append(title, button("Close", close));
    const parts = [head, made("p", step.place ? `${step.kind} · ${step.place}` : step.kind, { class: "aside" })];
    const acts = made("div", undefined, { class: "acts" });
    if (step.onward.length) {
      const text = () => (folded.has(box) ? "Unfold what lies beyond" : "Fold what lies beyond");
      const fold = button(text(), () => {
        if (!folded.delete(box)) folded.add(box);
        show();
        count();
        fold.textContent = text();
      });
      acts.append(button("Draw only from here", () => { root = box; show(); count(); begin(); }), fold);
      parts.push(acts);
    }
    if (step.figures.length) {
      const list = made("dl");
      for (const [name, value] of step.figures) {
        const row = made("div");
        row.append(made("dt", name), made("dd", value));
        list.append(row);
      }
      parts.push(list);
    }
    if (step.says.length) parts.push(made("h4", "What is heard"), ...step.says.map((words) => made("blockquote", words, { dir: "auto" })));
    if (step.ways.length) {
      const list = made("ul");
      for (const [by, to] of step.ways) list.append(made("li", `${by} \u2192 ${to}`));
      parts.push(made("h4", "Where it leads"), list);
    }
    if (step.findings.length) {
      const list = made("ul");
      for (const [mark, message] of step.findings) list.append(made("li", `${mark}: ${message}`));
      parts.push(made("h4", "Findings"), list);
    }
    panel.replaceChildren(...parts);
    panel.hidden = false;
    panel.scrollTop = 0;
    bring(box);
    title.focus({ preventScroll: true });
  };
  const close = () => {
    if (chosen === null) return;
    const was = chosen;
    boxes[was].classList.remove("chosen");
    chosen = null;
    panel.hidden = true;
    focus(was);
  };
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });

  // Searching: what is found is marked, and Enter goes from one to the next.
  let found = [], next = 0;
  const search = () => {
    const words = find.value.trim().toLowerCase();
    found = words ? told.flatMap((step, box) => (`${step.name} ${step.kind} ${step.says[0] ?? ""}`.toLowerCase().includes(words) ? [box] : [])) : [];
    const name = (box) => told[box].name.toLowerCase().includes(words) ? 0 : 1;
    found.sort((a, b) => name(a) - name(b) || a - b);
    next = 0;
    boxes.forEach((box, number) => box.classList.toggle("found-here", found.includes(number)));
    if (!words) return count();
    says.textContent = found.length ? `${found.length} found: Enter goes to the next, arrow down into it` : "nothing found";
    if (found.length) reveal(found[0]);
  };
  const reveal = (box) => {
    if (!shown[box]) {
      root = null;
      folded.clear();
      show();
    }
    if (at.scale < READABLE) zoom(READABLE / at.scale);
    bring(box);
  };
  find.addEventListener("input", search);
  find.addEventListener("keydown", (event) => {
    if (!found.length || (event.key !== "Enter" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    if (event.key === "ArrowDown") return focus(next ? current : found[0]);
    const box = found[next % found.length];
    reveal(box);
    says.textContent = `${(next % found.length) + 1} of ${found.length}: ${told[box].name}`;
    rove(box);
    next += 1;
  });

  // By keyboard.
  const keys = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const box = boxes.indexOf(event.target);
    const pans = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] }[event.key];
    if (event.key === "+" || event.key === "=") zoom(1.25);
    else if (event.key === "-") zoom(0.8);
    else if (event.key === "0") fit();
    else if (box >= 0 && (event.key === "Enter" || event.key === " ")) open(box);
    else if (box >= 0 && event.key === "Escape") view.focus({ preventScroll: true });
    else if (box >= 0 && pans) {
      const to = neighbour(box, event.key);
      if (to !== null) focus(to);
    } else if (pans) move(...pans);
    else return;
    event.preventDefault();
  };
  view.addEventListener("keydown", keys);
  view.addEventListener("focusin", (event) => {
    const box = boxes.indexOf(event.target.closest("g.box"));
    // A browser brings what has the focus into sight by scrolling; here the drawing moves instead.
    view.scrollTo(0, 0);
    if (box >= 0) bring(box);
  });
  view.addEventListener("scroll", () => view.scrollTo(0, 0));

  // By hand: one finger or the mouse moves, two zoom, a click opens.
  const fingers = new Map();
  let moved = 0;
  const spread = () => {
    const [one, other] = [...fingers.values()];
    return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2, apart: Math.hypot(one.x - other.x, one.y - other.y) || 1 };
  };
  view.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (!fingers.size) moved = 0;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  view.addEventListener("pointermove", (event) => {
    const was = fingers.get(event.pointerId);
    if (!was) return;
    const before = fingers.size === 2 ? spread() : null;
    const [x, y] = [event.clientX - was.x, event.clientY - was.y];
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    moved += Math.abs(x) + Math.abs(y);
    if (moved > 4 && !view.hasPointerCapture(event.pointerId)) view.setPointerCapture(event.pointerId);
    if (before) {
      const now = spread(), frame = view.getBoundingClientRect();
      move(now.x - before.x, now.y - before.y);
      zoom(now.apart / before.apart, now.x - frame.left, now.y - frame.top);
    } else if (fingers.size === 1) move(x, y);
  });
  const up = (event) => fingers.delete(event.pointerId);
  view.addEventListener("pointerup", up);
  view.addEventListener("pointercancel", up);
  view.addEventListener("click", (event) => {
    const box = boxes.indexOf(event.target.closest("g.box"));
    if (box >= 0 && moved <= 4) open(box);
  });
  view.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const frame = view.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY / 240), event.clientX - frame.left, event.clientY - frame.top);
  }, { passive: false });

  const acts = {
    in: () => zoom(1.25),
    out: () => zoom(0.8),
    fit,
    all: () => { root = null; folded.clear(); show(); count(); begin(); },
  };
  for (const tool of stage.querySelectorAll("[data-do]")) tool.addEventListener("click", acts[tool.dataset.do]);

  boxes.forEach((box) => box.setAttribute("role", "button"));
  for (const part of stage.querySelectorAll(".tools, .hints")) part.hidden = false;
  stage.classList.add("live");
  // A small tree needs no large frame.
  view.style.setProperty("--whole", `max(16rem, ${canvas.getAttribute("height")}px)`);
  show();
  begin();
})();

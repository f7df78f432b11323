// The codebook editor: the tree, the texts of a code, and what a change would do before it is done.

import { makeCodeForm } from "./codebook_form.js";
import { KEYS } from "./codebook_keys.js";
import { makePreview } from "./codebook_preview.js";
import { makeAddForm, makeSplitForm } from "./codebook_split.js";
import { makeCodeTree } from "./code_tree.js";
import { button, el, fill } from "./dom.js";
import { counted, shifted, withBelow } from "./editing.js";
import { showHelp } from "./help.js";
import { commandsByKey, keyFor, keyOf } from "./keys.js";
import { makeSplitter } from "./layout.js";
import { lookOf } from "./look.js";
import { pickCode } from "./picker.js";
import { makeStatus } from "./status.js";
import { makeWidget } from "./widget.js";

const BY_KEY = commandsByKey(KEYS);

function build(root, { store, link, onAlive }) {
  root.classList.add("qc-editor");
  let chosen = "";
  let asked = null; // the change that the preview shows
  let preview = null;
  let other = null; // the form that stands in the place of the code's texts
  const status = makeStatus();
  const tree = makeCodeTree(
    { choose, key: press },
    { label: "Codes. Enter edits, g merges, s splits; ? lists the keys", follow: true, say: (number) => counted(number, "coding") },
  );
  const form = makeCodeForm({
    preview: () => show({ do: "edit", code: chosen, fields: form.changed() }),
    drop: letBe,
    leave: () => tree.focus(),
    typed: () => tree.draw({ marked: form.unsaved }),
  });
  const pane = makePreview({ apply: () => void apply(), again: () => void show(asked), leave: letBe });
  const tool = (id, label) => button(label, () => void run(id), { key: keyFor(id, KEYS), "data-command": id });
  const tools = Object.fromEntries(
    [
      ["add", "New code"],
      ["add_below", "New below"],
      ["up", "Up"],
      ["down", "Down"],
      ["move", "Move to…"],
      ["merge", "Merge into…"],
      ["split", "Split…"],
      ["delete", "Delete"],
      ["undo", "Undo"],
      ["redo", "Redo"],
      ["help", "Keys"],
    ].map(([id, label]) => [id, tool(id, label)]),
  );
  const work = el("div", { class: "qc-work" }, form.root);
  fill(
    root,
    el(
      "div",
      { class: "qc-panes" },
      el("div", { class: "qc-transcripts" }, tree.root),
      makeSplitter(root, "--qc-list", { label: "Width of the codes", start: 270, least: 140, most: 520 }),
      el(
        "section",
        { class: "qc-middle", "aria-label": "The chosen code" },
        el("header", { class: "qc-top" }, el("div", { class: "qc-toolbar", role: "toolbar", "aria-label": "Codebook" }, ...Object.values(tools))),
        work,
        pane.root,
      ),
    ),
    status.root,
  );

  // Drawing -----------------------------------------------------------------------------------

  const codeNow = (id = chosen) => store.state.codes.find((code) => code.id === id) ?? null;

  function draw(state = store.state) {
    if (!codeNow()) chosen = state.codes[0]?.id ?? "";
    const counts = Object.fromEntries(
      Object.entries(state.counts).map(([id, coders]) => [id, Object.values(coders).reduce((a, b) => a + b, 0)]),
    );
    tree.draw({ codes: state.codes, counts, chosen, marked: form.unsaved });
    form.draw(codeNow(), state.counts[chosen], codeNow()?.path);
    if (preview && preview.seen !== state.seen) pane.stale(true);
    tools.undo.disabled = !state.undo;
    tools.redo.disabled = !state.redo;
    tools.undo.title = state.undo ? `Undo: ${state.undo}` : "Nothing to undo";
    tools.redo.title = state.redo ? `Redo: ${state.redo}` : "Nothing to redo";
    tools.split.disabled = !state.study.coder;
    tools.split.title = state.study.coder ? "Split (s)" : "Open the editor with coder= to split";
    for (const [id, step] of [["up", -1], ["down", 1]]) tools[id].disabled = !shifted(state.codes, chosen, step);
    status.notice(state.notice || (state.study.writable ? "" : "This study has no folder: its codebook can only be read"));
  }

  // Doing -------------------------------------------------------------------------------------

  async function send(intent) {
    const answer = await link.send(intent);
    status.answer(answer);
    return answer;
  }

  /** Show what a change would do; the focus goes to the button that does it. */
  async function show(change) {
    asked = change;
    const answer = await send({ kind: "preview", change });
    if (asked !== change) return undefined; // let be, or something else was asked, meanwhile
    preview = answer.ok ? answer.preview : null;
    if (!preview) return pane.empty();
    pane.show(preview);
    return pane.focus();
  }

  async function apply() {
    if (!preview || preview.seen !== store.state.seen) return;
    const change = asked;
    const answer = await send({ kind: "apply", change, seen: preview.seen });
    if (!answer.ok) return;
    if (change.do === "edit") form.saved(change.code);
    forget();
    chosen = answer.code || chosen;
    draw();
    tree.focus();
  }

  function forget() {
    asked = null;
    preview = null;
    pane.empty();
    put(null);
  }

  /** Put a form in the place of the code's texts, or take it away. */
  function put(next) {
    other = next;
    fill(work, other ? other.root : form.root);
    other?.focus();
  }

  function letBe() {
    const back = preview && (other ?? (asked?.do === "edit" ? form : null));
    if (back) {
      asked = null;
      preview = null;
      pane.empty();
      back.focus();
      return;
    }
    forget();
    tree.focus();
  }

  function choose(id, enter = false) {
    if (id !== chosen) {
      chosen = id;
      forget();
      draw();
    }
    if (enter) void run("edit");
  }

  async function pick(title, codes) {
    const looks = lookOf(store.state.codes);
    const picked = await pickCode(root, { title, codes: codes.map((code) => ({ ...code, ...looks.get(code.id) })), withMemo: false });
    return picked ? picked.code : null;
  }

  const others = () => {
    const mine = withBelow(store.state.codes, chosen);
    return store.state.codes.filter((code) => !mine.has(code.id));
  };
  const TOP = { id: "", name: "No code: make it a theme", path: "", colour: "#888888", dash: "solid" };

  const commands = {
    edit: () => form.focus(),
    up: () => move(shifted(store.state.codes, chosen, -1)),
    down: () => move(shifted(store.state.codes, chosen, 1)),
    async move() {
      const to = await pick(`Move ${codeNow().name} below`, codeNow().parent ? [TOP, ...others()] : others());
      if (to !== null) await show({ do: "move", code: chosen, parent: to || null });
    },
    async merge() {
      const into = await pick(`Merge ${codeNow().name} into`, store.state.codes.filter((code) => code.id !== chosen));
      if (into) await show({ do: "merge", code: chosen, into });
    },
    async split() {
      if (!store.state.study.coder) return status.refuse("open the editor with coder= to split a code");
      const code = codeNow();
      const answer = await send({ kind: "passages", code: code.id });
      if (!answer.ok) return;
      forget();
      put(makeSplitForm(code, store.state.study.coder, answer, { preview: () => void show(other.change()), leave: letBe }));
    },
    delete: () => show({ do: "delete", code: chosen }),
    add: () => add(codeNow(codeNow()?.parent)),
    add_below: () => add(codeNow()),
    undo: () => takeBack("undo"),
    redo: () => takeBack("redo"),
    find: () => tree.find(),
    help: () => showHelp(root, KEYS),
    escape: letBe,
  };

  const move = (change) => change && show(change);
  async function takeBack(kind) {
    const answer = await send({ kind });
    if (answer.ok) forget();
  }
  function add(parent) {
    forget();
    put(makeAddForm(parent, { preview: () => void show(other.change()), leave: letBe }));
  }

  function run(id) {
    if (!codeNow() && !["help", "undo", "redo", "add"].includes(id)) return undefined;
    return commands[id]?.();
  }

  function press(event) {
    const id = BY_KEY.get(keyOf(event));
    if (!id || event.isComposing) return;
    event.preventDefault();
    void run(id);
  }

  root.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.matches("input, textarea, select");
    const button = event.target instanceof Element && event.target.matches("button") && event.key === "Enter";
    if (event.defaultPrevented || typing || button || event.target.closest?.(".qc-dialog")) return;
    press(event);
  });

  const deaf = store.listen((state) => draw(state));
  onAlive((yes) => {
    root.classList.toggle("qc-dead", !yes);
    status.alive(yes);
  });
  draw();
  const narrow = new ResizeObserver(([entry]) => root.classList.toggle("qc-stacked", entry.contentRect.width < 700));
  narrow.observe(root);
  return () => {
    deaf();
    narrow.disconnect();
  };
}

export default makeWidget(build);

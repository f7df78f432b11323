// What the page object (_lab.py) asks of JupyterLab from inside the page.

const EDGE = 40; // pixels that a sticky header or a scroll bar may cover

window.inPage = {
  // A dialog that nobody answers would hold a promise, and the test run, for ever.
  async call(name, given, seconds) {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${name} took more than ${seconds} s`)), seconds * 1000);
    });
    try {
      return await Promise.race([(async () => inPage[name](...given))(), late]);
    } finally {
      clearTimeout(timer);
    }
  },

  panel(path) {
    const panels = [...window.jupyterapp.shell.widgets('main')];
    return panels.find((panel) => panel.context?.path === path && panel.sessionContext);
  },

  kernel(path) {
    return inPage.panel(path)?.sessionContext.session?.kernel;
  },

  // The toolbar says idle before there is a kernel; only the kernel itself knows.
  isIdle(path) {
    return inPage.kernel(path)?.status === 'idle';
  },

  async open(path) {
    const app = window.jupyterapp;
    await app.restored;
    await app.commands.execute('docmanager:open', { path, factory: 'Notebook' });
    const panel = inPage.panel(path);
    await panel.context.ready;
    await panel.revealed;
    await panel.sessionContext.ready;
  },

  // Disposed of rather than closed, which would ask whether to save.
  async closeAll() {
    for (const widget of [...window.jupyterapp.shell.widgets('main')]) {
      await widget.sessionContext?.shutdown();
      widget.dispose();
    }
  },

  restart(path) {
    return inPage.kernel(path).restart();
  },

  endKernel(path) {
    return inPage.panel(path).sessionContext.shutdown();
  },

  kernelId(path) {
    return inPage.kernel(path).id;
  },

  countCells(path) {
    return inPage.panel(path).content.widgets.length;
  },

  async command(path, id, args, cell) {
    const app = window.jupyterapp;
    const panel = inPage.panel(path);
    app.shell.activateById(panel.id);
    if (cell !== null) {
      const code = panel.content.widgets.filter((widget) => widget.model.type === 'code');
      panel.content.activeCellIndex = panel.content.widgets.indexOf(code[cell]);
    }
    await app.commands.execute(id, args);
  },

  errors(path) {
    const cells = [...inPage.panel(path).content.model.cells];
    return cells
      .flatMap((cell) => cell.toJSON().outputs ?? [])
      .filter((output) => output.output_type === 'error')
      .map((output) => `${output.ename}: ${output.evalue}`);
  },

  // Where the mouse must go down and up to select the text: a fragment of it, or [start, end) in
  // UTF-16 units of all the text below the root.
  async places(root, wanted) {
    const range = rangeOf(root, wanted);
    reveal(range);
    await drawn();
    document.getSelection().removeAllRanges(); // pressed on selected text, the mouse would move it
    const text = range.toString();
    const first = [...text][0];
    const last = [...text].at(-1);
    const from = edge(range, range.startContainer, range.startOffset, first, 'start');
    const to = edge(range, range.endContainer, range.endOffset - last.length, last, 'end');
    for (const { x, y } of [from, to]) {
      const hit = root.getRootNode().elementFromPoint(x, y);
      if (!hit || !root.contains(hit)) {
        throw new Error(`${JSON.stringify(text.slice(0, 40))} is out of sight or covered: ` +
          `at ${Math.round(x)}, ${Math.round(y)} is ${hit ? hit.outerHTML.slice(0, 120) : 'nothing'}`);
      }
    }
    return { from, to, text };
  },

  // Axe passes over what it takes for hidden. JupyterLab does not draw cells out of sight, and its
  // body has no height and clips, so that by axe's reckoning nothing in it could be seen.
  async check(root, options) {
    document.body.style.height = '100vh';
    root.scrollIntoView({ block: 'start' });
    await drawn();
    const results = await axe.run(root, options);
    document.body.style.height = '';
    return results;
  },

  // As the text stands in the page's tree; the selection's own toString drops repeated spaces.
  selection() {
    const selection = document.getSelection();
    return selection.rangeCount ? selection.getRangeAt(0).toString() : '';
  },
};

function drawn() {
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}

function rangeOf(root, { text, occurrence, start, end }) {
  const nodes = textNodes(root);
  const all = nodes.map((node) => node.data).join('');
  if (text !== null) {
    start = -1;
    for (let count = 0; count <= occurrence; count += 1) {
      start = all.indexOf(text, start + 1);
      if (start < 0) {
        throw new Error(`${JSON.stringify(text)} (occurrence ${occurrence}) is not in the text; ` +
          `it begins ${JSON.stringify(all.slice(0, 200))}`);
      }
    }
    end = start + text.length;
  }
  if (!(start >= 0 && start < end && end <= all.length)) {
    throw new Error(`no span [${start}, ${end}) in a text of ${all.length} units`);
  }
  const range = document.createRange();
  let before = 0;
  for (const node of nodes) {
    const after = before + node.data.length;
    // The start belongs to the node that holds the first unit, the end to that of the last one.
    if (before <= start && start < after) range.setStart(node, start - before);
    if (before < end && end <= after) range.setEnd(node, end - before);
    before = after;
  }
  return range;
}

function textNodes(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

// Scroll every box around the range until its start and end are in sight.
function reveal(range) {
  let box = range.commonAncestorContainer;
  for (; box; box = box.parentNode ?? box.host) {
    if (!(box instanceof Element)) continue;
    const scrolls = /auto|scroll/.test(getComputedStyle(box).overflowY);
    if (!scrolls || box.scrollHeight <= box.clientHeight) continue;
    const inner = range.getBoundingClientRect();
    const outer = box.getBoundingClientRect();
    if (inner.top < outer.top + EDGE || inner.bottom > outer.bottom - EDGE) {
      box.scrollTop += (inner.top + inner.bottom - outer.top - outer.bottom) / 2;
    }
  }
}

// The side of a character where the caret falls before ('start') or behind it ('end').
function edge(range, node, offset, character, side) {
  const one = document.createRange();
  one.setStart(node, offset);
  one.setEnd(node, offset + character.length);
  const boxes = one.getClientRects();
  const box = boxes[side === 'start' ? 0 : boxes.length - 1];
  if (!box) throw new Error(`the character ${JSON.stringify(character)} is not drawn`);
  const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(character);
  const inset = Math.min(1, box.width / 4);
  const x = (side === 'start') === rightToLeft ? box.right - inset : box.left + inset;
  return { x, y: (box.top + box.bottom) / 2 };
}

// Words, sentences and turns: where a selection grows to, and where the next unit is.
// All offsets are UTF-16 units of the whole text; `block` is a turn with `from` and `to`.

const segmenters = new Map();
const cached = new WeakMap();

function segmenter(unit) {
  if (!segmenters.has(unit)) {
    segmenters.set(unit, new Intl.Segmenter(undefined, { granularity: unit }));
  }
  return segmenters.get(unit);
}

/** The words or sentences of a block, in order, without the space around them. */
export function unitsOf(text, block, unit) {
  if (!cached.has(block)) cached.set(block, {});
  const known = cached.get(block);
  known[unit] ??= [...segmenter(unit).segment(text.slice(block.from, block.to))]
    .filter((part) => (unit === "word" ? part.isWordLike : part.segment.trim()))
    .map((part) => {
      const lead = part.segment.length - part.segment.trimStart().length;
      const start = block.from + part.index + lead;
      return { start, end: start + part.segment.trim().length };
    });
  return known[unit];
}

/** The block that an offset lies in; between two blocks, the one before; never none. */
export function blockIndex(blocks, offset) {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (blocks[middle].start <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.max(low - 1, 0);
}

function touched(units, start, end) {
  const last = Math.max(end, start + 1);
  return units.filter((unit) => unit.start < last && unit.end > start);
}

/** Grow a selection to whole words, sentences or turns; null if there are none to grow to. */
export function snap(text, blocks, selection, unit) {
  const first = blockIndex(blocks, selection.start);
  const last = blockIndex(blocks, Math.max(selection.end - 1, selection.start));
  if (unit === "turn") return { start: blocks[first].from, end: blocks[last].to };
  const starts = touched(unitsOf(text, blocks[first], unit), selection.start, blocks[first].to);
  const ends = touched(unitsOf(text, blocks[last], unit), blocks[last].from, selection.end);
  if (!starts.length || !ends.length) return null;
  const grown = { start: starts[0].start, end: ends.at(-1).end };
  return grown.start < grown.end ? grown : null;
}

/** The next unit after an offset (or the one before it), over the bounds of blocks. */
export function nextUnit(text, blocks, offset, unit, forward) {
  const step = forward ? 1 : -1;
  for (let i = blockIndex(blocks, offset); i >= 0 && i < blocks.length; i += step) {
    const units =
      unit === "turn" ? [{ start: blocks[i].from, end: blocks[i].to }] : unitsOf(text, blocks[i], unit);
    const found = forward
      ? units.find((one) => one.start >= offset)
      : units.findLast((one) => one.end <= offset);
    if (found) return found;
  }
  return null;
}

/** The two words of a span next to one of its ends, the outermost first. */
function outermost(text, blocks, { start, end }, atEnd) {
  const [first, last] = [blockIndex(blocks, start), blockIndex(blocks, end - 1)];
  const found = [];
  for (let i = 0; i <= last - first && found.length < 2; i += 1) {
    const block = blocks[atEnd ? last - i : first + i];
    const inside = unitsOf(text, block, "word").filter((word) => word.start < end && word.end > start);
    found.push(...(atEnd ? inside.reverse() : inside));
  }
  return found.slice(0, 2);
}

/** Move one end of a span by a word, forward or back; at least one word stays. */
export function moveEnd(text, blocks, span, which, forward) {
  const atEnd = which === "end";
  if (atEnd === forward) {
    const next = nextUnit(text, blocks, atEnd ? span.end : span.start, "word", forward);
    if (!next) return span;
    return atEnd ? { ...span, end: next.end } : { ...span, start: next.start };
  }
  const kept = outermost(text, blocks, span, atEnd)[1];
  if (!kept) return span;
  return atEnd ? { ...span, end: kept.end } : { ...span, start: kept.start };
}

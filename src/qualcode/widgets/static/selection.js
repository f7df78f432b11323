// The native selection as offsets of the text, and back. Offsets are UTF-16 units.
//
// A piece of text is a `span` with `data-at`, the offset of its first unit; pieces stand in a
// block's `.qc-words`, blocks (`.qc-turn`) in the container.

import { blockIndex } from "./words.js";

function blockOf(container, node) {
  const element = node instanceof Element ? node : node.parentElement;
  const found = element?.closest(".qc-turn");
  return found && container.contains(found) ? found : null;
}

/** The offset of a place in the page; places beside the words count as the nearest words. */
export function offsetAt(container, blocks, node, offset) {
  const piece = (node instanceof Element ? node : node.parentElement)?.closest("[data-at]");
  if (piece && container.contains(piece)) {
    const at = Number(piece.dataset.at);
    if (node.nodeType === Node.TEXT_NODE) return at + offset;
    return offset > 0 ? at + piece.textContent.length : at;
  }
  const turn = blockOf(container, node);
  if (!turn) {
    const child = node === container ? container.children[offset] : null;
    const next = child?.dataset?.index;
    return next === undefined ? (blocks.at(-1)?.to ?? 0) : blocks[Number(next)].from;
  }
  const block = blocks[Number(turn.dataset.index)];
  const words = turn.querySelector(".qc-words");
  if (node === words) {
    const child = words.childNodes[offset];
    return child ? Number(child.dataset.at) : block.to;
  }
  const before = node.compareDocumentPosition(words) & Node.DOCUMENT_POSITION_FOLLOWING;
  if (node === turn) return offset <= [...turn.childNodes].indexOf(words) ? block.from : block.to;
  return before ? block.from : block.to;
}

/** The offset under a mouse event; null if it is not over words. */
export function unitAt(container, blocks, event) {
  if (!(event.target instanceof Element) || !event.target.closest(".qc-words")) return null;
  const page = container.ownerDocument;
  const place = page.caretPositionFromPoint?.(event.clientX, event.clientY);
  if (place) return offsetAt(container, blocks, place.offsetNode, place.offset);
  const range = page.caretRangeFromPoint?.(event.clientX, event.clientY);
  return range ? offsetAt(container, blocks, range.startContainer, range.startOffset) : null;
}

/** The native selection within a container, as {start, end, backward}; null if it is elsewhere. */
export function readSelection(container, blocks) {
  const native = container.ownerDocument.getSelection();
  if (!native?.rangeCount || !container.contains(native.anchorNode)) return null;
  if (!container.contains(native.focusNode)) return null;
  const anchor = offsetAt(container, blocks, native.anchorNode, native.anchorOffset);
  const focus = offsetAt(container, blocks, native.focusNode, native.focusOffset);
  return {
    start: Math.min(anchor, focus),
    end: Math.max(anchor, focus),
    backward: focus < anchor,
  };
}

/** The text node and offset within it of an offset; at a bound, of the piece that `end` asks. */
export function placeOf(container, blocks, offset, end) {
  const index = blockIndex(blocks, end ? Math.max(offset - 1, 0) : offset);
  const words = container.children[index].querySelector(".qc-words");
  const block = blocks[index];
  const wanted = Math.min(Math.max(offset, block.from), block.to);
  const pieces = [...words.children];
  const piece =
    pieces.findLast((one) => (end ? Number(one.dataset.at) < wanted : Number(one.dataset.at) <= wanted)) ??
    pieces[0];
  const node = piece?.firstChild;
  if (!node) return [words, 0]; // a turn without words
  return [node, Math.min(Math.max(wanted - Number(piece.dataset.at), 0), node.length)];
}

/** Make a Range of a span. */
export function rangeOf(container, blocks, start, end) {
  const range = container.ownerDocument.createRange();
  range.setStart(...placeOf(container, blocks, start, false));
  range.setEnd(...placeOf(container, blocks, end, true));
  return range;
}

/** Select a span natively. */
export function writeSelection(container, blocks, { start, end, backward = false }) {
  const native = container.ownerDocument.getSelection();
  const [from, to] = [placeOf(container, blocks, start, false), placeOf(container, blocks, end, start < end)];
  if (backward) native.setBaseAndExtent(...to, ...from);
  else native.setBaseAndExtent(...from, ...to);
}

/** Take the space off both ends of a span. */
export function trimmed(text, { start, end }) {
  const words = text.slice(start, end);
  const lead = words.length - words.trimStart().length;
  const tail = words.length - words.trimEnd().length;
  return lead === words.length ? { start, end: start } : { start: start + lead, end: end - tail };
}

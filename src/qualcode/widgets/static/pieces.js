// Cut a stretch of text at the bounds of the spans on it, and give overlapping spans lanes.

/**
 * Cut [from, to) so that each piece lies under the same spans throughout.
 * Spans have `start`, `end` and `id`; a piece has `start`, `end` and the `ids` over it, in order.
 */
export function cutPieces(from, to, spans) {
  const over = spans.filter((span) => span.start < to && span.end > from);
  const cuts = new Set([from, to]);
  for (const span of over) {
    if (span.start > from) cuts.add(span.start);
    if (span.end < to) cuts.add(span.end);
  }
  if (from >= to) return [];
  const bounds = [...cuts].sort((a, b) => a - b);
  const begin = [...over].sort((a, b) => a.start - b.start);
  const pieces = [];
  let open = [];
  let next = 0;
  for (let i = 0; i + 1 < bounds.length; i += 1) {
    const [start, end] = [bounds[i], bounds[i + 1]];
    while (next < begin.length && begin[next].start <= start) open.push(begin[next++]);
    open = open.filter((span) => span.end > start);
    pieces.push({ start, end, ids: open.map((span) => span.id) });
  }
  return pieces;
}

/** In order of place: earlier first, of those longer first, then by id. */
export function inOrder(spans) {
  return [...spans].sort(
    (a, b) => a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : Number(a.id > b.id)),
  );
}

/** Give each span the lowest lane that no span overlapping it has: id -> lane, counted from 0. */
export function giveLanes(spans) {
  const lanes = new Map();
  const ends = []; // lane -> where its last span ends
  for (const span of inOrder(spans)) {
    let lane = ends.findIndex((end) => end <= span.start);
    if (lane < 0) lane = ends.length;
    ends[lane] = span.end;
    lanes.set(span.id, lane);
  }
  return lanes;
}

// Code points and UTF-16 units of one text: Python counts the first, the page the second.

/** How many entries of a rising list are below a number. */
function countBelow(list, limit) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Make the two counts of a text convertible. Only characters outside the Basic Multilingual Plane
 * take two units, so their places are all that is kept.
 */
export function makeOffsets(text) {
  const points = []; // code point offset of each wide character
  const units = []; // its offset in units
  for (const match of text.matchAll(/[\u{10000}-\u{10FFFF}]/gu)) {
    points.push(match.index - points.length);
    units.push(match.index);
  }
  return {
    /** Offset in units of an offset in code points. */
    toUnits: (point) => point + countBelow(points, point),
    /** Offset in code points of an offset in units; within a pair, of the character it splits. */
    toPoints: (unit) => unit - countBelow(units, unit),
  };
}

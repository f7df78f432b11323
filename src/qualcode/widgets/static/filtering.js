// Which codings are shown: by code, coder, memo and date.

/** The filter that leaves everything. */
export const NO_FILTER = Object.freeze({ code: "", coder: "", memo: "", from: "", to: "" });

/** The ids of a code and of all below it. */
export function withBelow(codes, id) {
  const ids = new Set([id]);
  for (const code of codes) if (ids.has(code.parent)) ids.add(code.id); // in tree order
  return ids;
}

/** Say of a coding whether a filter leaves it. Days are those of the coding's UTC time. */
export function makeFilter(filter, codes) {
  const wanted = filter.code ? withBelow(codes, filter.code) : null;
  const memo = filter.memo.trim().toLocaleLowerCase();
  return (coding) =>
    (!wanted || wanted.has(coding.code)) &&
    (!filter.coder || coding.coder === filter.coder) &&
    (!memo || coding.memo.toLocaleLowerCase().includes(memo)) &&
    (!filter.from || coding.at.slice(0, 10) >= filter.from) &&
    (!filter.to || coding.at.slice(0, 10) <= filter.to);
}

/** Say what a filter asks, or nothing. */
export function sayFilter(filter, nameOf) {
  const parts = [
    filter.code && `code ${nameOf(filter.code)}`,
    filter.coder && `coder ${filter.coder}`,
    filter.memo && `memo with “${filter.memo}”`,
    filter.from && `from ${filter.from}`,
    filter.to && `to ${filter.to}`,
  ].filter(Boolean);
  return parts.join(", ");
}

// Type-ahead over codes: which ones fit what was typed, the best first.

const plain = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLocaleLowerCase();

/** How well a name fits: smaller is better, Infinity if it does not. */
export function fit(name, path, typed) {
  const [own, whole, wanted] = [plain(name), plain(path), plain(typed).trim()];
  if (!wanted) return 0;
  if (own.startsWith(wanted)) return 1;
  const words = own.split(/[^\p{L}\p{N}]+/u);
  if (words.some((word) => word.startsWith(wanted))) return 2;
  if (wanted.split(/\s+/).every((part) => words.some((word) => word.startsWith(part)))) return 3;
  if (own.includes(wanted)) return 4;
  if (wanted.split(/\s+/).every((part) => whole.includes(part))) return 5;
  let at = 0;
  for (const letter of wanted) {
    at = own.indexOf(letter, at) + 1;
    if (!at) return Infinity;
  }
  return 6;
}

/** The codes that fit, best first; of equals those in `first`, then in their own order. */
export function rank(codes, typed, first = []) {
  const place = new Map(first.map((id, index) => [id, index]));
  return codes
    .map((code, index) => ({ code, index, fit: fit(code.name, code.path, typed) }))
    .filter((one) => one.fit < Infinity)
    .sort(
      (a, b) =>
        a.fit - b.fit ||
        (place.get(a.code.id) ?? 1e9) - (place.get(b.code.id) ?? 1e9) ||
        a.index - b.index,
    )
    .map((one) => one.code);
}

// What a change of the codebook is made of: drafts of fields, places among neighbours, and words.

export const FIELDS = [
  ["name", "Name", "line"],
  ["definition", "Definition", "text"],
  ["include", "Include", "text"],
  ["exclude", "Exclude", "text"],
  ["example", "Example", "text"],
  ["example_at", "Where the example stands", "line"],
  ["colour", "Colour", "line"],
];

/** Of what stands in the form, the fields that are other than the code's. */
export function changedFields(code, values) {
  return Object.fromEntries(
    FIELDS.map(([name]) => [name, values[name]]).filter(
      ([name, value]) => value !== undefined && value !== (code?.[name] ?? ""),
    ),
  );
}

/** The change that moves a code one place up (-1) or down (1) among its neighbours; null if none. */
export function shifted(codes, id, step) {
  const code = codes.find((one) => one.id === id);
  if (!code) return null;
  const beside = codes.filter((one) => one.parent === code.parent);
  const at = beside.indexOf(code) + step;
  if (at < 0 || at >= beside.length) return null;
  const before = step < 0 ? beside[at] : beside[at + 1];
  return { do: "move", code: id, parent: code.parent, before: before?.id ?? null };
}

/** The ids of a code and of all below it. */
export function withBelow(codes, id) {
  const ids = new Set([id]);
  for (const code of codes) if (ids.has(code.parent)) ids.add(code.id);
  return ids;
}

/** A number with its noun. */
export function counted(number, noun, plural = `${noun}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? noun : plural}`;
}

const namesOf = (coders) => Object.entries(coders).map(([name, number]) => `${name} ${number}`).join(", ");

/** How far a change reaches, in words. */
export function sayReach({ codings, coders, interviews, bodies }) {
  if (!codings) return "no codings";
  const of = bodies ? ` of ${counted(bodies, "body", "bodies")}` : "";
  return `${counted(codings, "coding")} (${namesOf(coders)}) in ${counted(interviews, "interview")}${of}`;
}

/** Whose codings a code has, in words. */
export function sayCoders(coders = {}) {
  const all = Object.values(coders).reduce((sum, number) => sum + number, 0);
  return all ? `${counted(all, "coding")}: ${namesOf(coders)}` : "no codings";
}

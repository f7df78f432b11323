// All keys on one page, made of the table that the workspace obeys.

import { openDialog } from "./dialog.js";
import { button, el } from "./dom.js";
import { COMMANDS, shownKey } from "./keys.js";

/** Show the keys of a table of commands. */
export function showHelp(host, commands = COMMANDS) {
  const groups = grouped(commands);
  const parts = [...groups].map(([group, some]) =>
    el(
      "section",
      {},
      el("h4", { text: group }),
      el(
        "dl",
        {},
        ...some.flatMap((one) => [
          el("dt", {}, ...one.keys.map((key) => el("kbd", { text: shownKey(key) }))),
          el("dd", { text: one.label }),
        ]),
      ),
    ),
  );
  const dialog = openDialog(host, "Keys", el("div", { class: "qc-help" }, ...parts, button("Close", () => dialog.close(), { key: "Esc" })));
}

function grouped(commands) {
  const groups = new Map();
  for (const one of commands) groups.set(one.group, [...(groups.get(one.group) ?? []), one]);
  return groups;
}

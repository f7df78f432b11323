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
          el("dt", {}, ...keysOf(one).map((key) => el("kbd", { text: key }))),
          el("dd", { text: one.label }),
        ]),
      ),
    ),
  );
  const dialog = openDialog(host, "Keys", el("div", { class: "qc-help" }, ...parts, button("Close", () => dialog.close(), { key: "Esc" })));
}

/** The keys of a command; a long row of them is told by its ends. */
function keysOf({ keys }) {
  const shown = keys.map(shownKey);
  return shown.length > 4 ? [`${shown[0]} … ${shown.at(-1)}`] : shown;
}

function grouped(commands) {
  const groups = new Map();
  for (const one of commands) groups.set(one.group, [...(groups.get(one.group) ?? []), one]);
  return groups;
}

// Requests to Python and their answers, and whether anybody is there to answer.

export const BEAT = 2500; // milliseconds between two questions whether Python is there
const PATIENCE = 3; // beats without an answer before the view calls itself disconnected

let counted = 0;
// Not crypto.randomUUID, which a page without https does not have.
const freshId = () => `${Date.now().toString(36)}-${(counted += 1)}-${Math.random().toString(36).slice(2)}`;

/**
 * Link a widget's model to Python. `post` sends a message; `receive` is to be called with each
 * that comes. `on` hears snapshots, changes, and whether the link is alive.
 */
export function makeLink(post, on) {
  const open = new Map(); // request -> what to call with the answer
  let missed = 0; // beats without an answer
  let alive = true;

  const setAlive = (value) => {
    if (alive === value) return;
    alive = value;
    on.alive(value);
  };

  const giveUp = (say) => {
    setAlive(false);
    for (const resolve of open.values()) resolve({ ok: false, say });
    open.clear();
  };

  const send = (intent) =>
    new Promise((resolve) => {
      const request = freshId();
      open.set(request, resolve);
      try {
        post({ ...intent, request });
      } catch {
        giveUp("not saved: there is no kernel. Re-run the cell.");
      }
    });

  return {
    send,
    receive(message) {
      missed = 0;
      setAlive(true);
      if (message.kind === "snapshot") on.snapshot(message.snapshot);
      else if (message.kind === "change") on.change(message);
      else if (message.kind === "answer") {
        open.get(message.request)?.(message);
        open.delete(message.request);
      }
    },
    /** To be called every `BEAT`: asks, and notices when nobody has answered for a while. */
    beat() {
      missed += 1;
      if (missed > PATIENCE) {
        giveUp("no answer: what was asked last is saved only if it shows when the kernel is back");
      }
      void send({ kind: "ping" });
    },
  };
}

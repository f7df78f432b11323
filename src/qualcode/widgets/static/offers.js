// Suggestions: step to the next, decide, walk the queue; and keep the one that is looked at.

import { button, el } from "./dom.js";
import { keyFor } from "./keys.js";

/** Where to go on after an offer was decided: the next in place, else the first; none if none is left. */
export function nextOffer(spans, decided) {
  const rest = spans.filter((one) => one.offer && one.id !== decided.id);
  return rest.find((one) => one.start >= decided.start) ?? rest[0];
}

/** Make the commands. `view` is what `makeCommands` is given; `stepTo(spans, step)` moves. */
export function makeOfferCommands(view, stepTo) {
  const { desk, ui, status } = view;

  function decide(kind) {
    const span = desk.span(ui.chosen);
    if (!span?.offer) return status.refuse("no suggestion is selected: j goes to the next one");
    const queued = ui.queued === span.id; // then the queue's key goes on
    return view.hold(
      view.send({ kind, suggestion: span.id }).then((answer) => {
        // Looked up now: what was next may be gone, if something was learned meanwhile.
        const next = answer.ok && !queued ? nextOffer(desk.spans, span) : null;
        if (next) view.choose(next.id);
        return answer;
      }),
    );
  }

  function goOn() {
    return view.hold(
      view.send({ kind: "queue" }).then((answer) => {
        if (!answer.ok) return answer;
        ui.queued = answer.suggestion;
        view.choose(answer.suggestion, { say: false });
        return answer;
      }),
    );
  }

  return {
    suggest: () => view.send({ kind: "suggest", on: !view.state().offering }),
    next_offer: () => stepTo(desk.spans.filter((one) => one.offer), 1),
    queue_next: goOn,
    accept: () => decide("accept"),
    decline: () => decide("decline"),
  };
}

/**
 * Tell Python which suggestion is selected, so that it stays when others come. `send(intent)` gives
 * a promise, `settled()` hears when all is answered; until then `pending` is true, and what seems
 * gone may come back.
 */
export function makeLook(send, settled) {
  let last = "";
  let open = 0;
  return {
    get pending() {
      return open > 0;
    },
    at(id) {
      if (id === last) return;
      last = id;
      open += 1;
      void send({ kind: "look", suggestion: id }).then(() => {
        open -= 1;
        if (!open) settled();
      });
    },
  };
}

/** The button that leads through the queue, with how many are left. */
export function makeQueueButton(run) {
  const tally = el("span", { class: "qc-tally" });
  const root = button("Queue", () => run("queue_next"), { key: keyFor("queue_next") });
  root.querySelector("kbd").before(" ", tally); // the space is for those who hear it
  root.hidden = true;
  return {
    root,
    draw(queue) {
      root.hidden = !queue;
      if (!queue) return;
      tally.textContent = queue.left === null ? "…" : String(queue.left);
      root.title = queue.left === null ? "The queue is being made" : `Next of ${queue.left} suggestions to decide (${keyFor("queue_next")})`;
    },
  };
}

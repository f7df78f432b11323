import assert from "node:assert/strict";
import { test } from "node:test";
import { makeTurns } from "../../src/qualcode/widgets/static/turns.js";

function made({ taken = () => false } = {}) {
  const [ran, lost] = [[], []];
  const turns = makeTurns({
    waits: (id) => id === "memo",
    run: (id, argument) => ran.push(argument ? `${id} ${argument}` : id),
    taken: () => taken(ran),
    dropped: (number) => lost.push(number),
  });
  return { turns, ran, lost };
}

function answer() {
  let give;
  const work = new Promise((resolve) => (give = resolve));
  return { work, give };
}

test("what does not depend on an answer is run at once", () => {
  const { turns, ran } = made();
  turns.hold(answer().work);
  turns.take("move");
  turns.take("pinned", "1");
  assert.deepEqual(ran, ["move", "pinned 1"]);
});

test("what depends on one waits, and what comes after it keeps its place", async () => {
  const { turns, ran } = made();
  const [first, second] = [answer(), answer()];
  turns.hold(first.work);
  turns.hold(second.work);
  turns.take("memo");
  turns.take("move");
  first.give();
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(ran, []);
  second.give();
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(ran, ["memo", "move"]);
  turns.take("memo");
  assert.deepEqual(ran, ["memo", "move", "memo"]);
});

test("keys meant for a dialog that opens late are no commands", async () => {
  const { turns, ran, lost } = made({ taken: (done) => done.includes("memo") });
  const asked = answer();
  turns.hold(asked.work);
  turns.take("memo");
  for (const id of ["word", "help", "you"]) turns.take(id);
  asked.give();
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual([ran, lost], [["memo"], [3]]);
});

test("an answer that never comes holds nobody up for ever", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { turns, ran } = made();
  turns.hold(answer().work);
  turns.take("memo");
  context.mock.timers.tick(1600);
  for (let i = 0; i < 10; i += 1) await null;
  assert.deepEqual(ran, ["memo"]);
});

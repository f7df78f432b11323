// Keys pressed faster than Python answers: what acts on the coding selected waits its turn.

const LONGEST = 1500; // milliseconds; then the kernel is busy, and moving about must go on

/**
 * Make a queue of commands. `waits(id)` tells which must wait for the answers under way, since they
 * act on what the answers select; `run(id, argument)` runs one; `taken()` is true when what is typed
 * next is meant for a dialog, so that keys still in the queue are dropped and `dropped(n)` told;
 * `busy(yes)` hears whether answers are under way.
 */
export function makeTurns({ waits, run, taken, dropped, busy = () => {} }) {
  const queue = [];
  let answers = null; // settles when all that was asked is answered, or after a while
  let going = false;

  async function go() {
    going = true;
    while (queue.length) {
      if (answers && waits(queue[0][0])) await answers;
      run(...queue.shift());
      if (queue.length && taken()) {
        dropped(queue.length);
        queue.length = 0;
      }
    }
    going = false;
  }

  return {
    /** Say that something was asked, and what selects its outcome when the answer comes. */
    hold(work) {
      let timer;
      const late = new Promise((resolve) => {
        timer = setTimeout(resolve, LONGEST);
      });
      const mine = Promise.allSettled([answers, Promise.race([work, late])]).then(() => {
        clearTimeout(timer);
        if (answers !== mine) return;
        answers = null;
        busy(false);
      });
      if (!answers) busy(true);
      answers = mine;
      return work;
    },
    /** Run a command now, or in its turn. */
    take(id, argument) {
      if (!going && !(answers && waits(id))) return run(id, argument);
      queue.push([id, argument]);
      if (!going) void go();
      return undefined;
    },
  };
}

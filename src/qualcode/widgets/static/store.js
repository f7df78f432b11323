// What the page knows: one snapshot from Python, then changes, each with its number.

/** Apply the parts of a change to a state; parts that change are new objects. */
export function applyParts(state, parts) {
  const next = { ...state };
  for (const [name, value] of Object.entries(parts)) {
    if (value !== null && typeof value === "object" && "put" in value && "drop" in value) {
      const entries = { ...state[name] };
      for (const key of value.drop) delete entries[key];
      next[name] = Object.assign(entries, value.put);
    } else {
      next[name] = value;
    }
  }
  return next;
}

/** Hold a state and tell listeners which parts of it are new. */
export function makeStore(snapshot, askForSnapshot) {
  let state = snapshot;
  const listeners = new Set();
  const tell = (names) => {
    for (const listener of [...listeners]) listener(state, names);
  };
  return {
    get state() {
      return state;
    },
    replace(whole) {
      state = whole;
      tell(new Set(Object.keys(whole)));
    },
    /** Take in a change; one that does not follow on the last makes us ask for all. */
    change(message) {
      if (message.number !== state.number + 1) {
        if (message.number > state.number) askForSnapshot();
        return;
      }
      state = { ...applyParts(state, message.parts), number: message.number };
      tell(new Set(Object.keys(message.parts)));
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

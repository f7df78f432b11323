// Make elements. Text from outside goes in as text nodes: nothing here reads HTML.

/**
 * Make an element. `given` holds attributes; `class` and `text` mean what they say, `on` holds
 * listeners, `style` custom properties and styles; null and false leave an attribute out.
 */
export function el(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") made.className = value;
    else if (name === "text") made.textContent = value;
    else if (name === "on") for (const [event, how] of Object.entries(value)) made.addEventListener(event, how);
    else if (name === "style") for (const [key, one] of Object.entries(value)) made.style.setProperty(key, one);
    else if (name === "value") made.value = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Replace all children at once. */
export function fill(parent, ...children) {
  parent.replaceChildren(...children.filter((child) => child !== null && child !== undefined));
  return parent;
}

/** A button that says what it does and on which key. */
export function button(label, onClick, { key = "", ...given } = {}) {
  return el(
    "button",
    { type: "button", class: "qc-button", title: key ? `${label} (${key})` : label, on: { click: onClick }, ...given },
    label,
    key ? el("kbd", { "aria-hidden": "true", text: key }) : null,
  );
}

/**
 * Keep JupyterLab's shortcuts away: it looks at the focused element, and listens at the document.
 * Keys with Ctrl, Meta or Alt go on to JupyterLab unless somebody here has used them.
 */
export function keepKeys(root) {
  root.addEventListener("focusin", (event) => {
    if (event.target instanceof Element) event.target.setAttribute("data-lm-suppress-shortcuts", "true");
  });
  for (const name of ["keydown", "keypress", "keyup"]) {
    root.addEventListener(name, (event) => {
      const modified = event.ctrlKey || event.metaKey || event.altKey;
      if (!modified || event.defaultPrevented) event.stopPropagation();
    });
  }
}

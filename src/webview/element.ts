/**
 * Builds elements of the page. Text goes in as text nodes only, so that nothing from a file's name or
 * tags is ever read as markup.
 */

/** What an element starts with; `text` is set before `children` are added. */
export interface ElementOptions {
  class?: string;
  text?: string;
  attributes?: Record<string, string>;
}

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  options: ElementOptions = {},
  children: readonly Node[] = [],
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (options.class) made.className = options.class;
  if (options.text !== undefined) made.textContent = options.text;
  for (const [name, value] of Object.entries(options.attributes ?? {})) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A button of the page. A double click counts once: its second half may meet another button. */
export function button(options: ElementOptions, onPress: () => void): HTMLButtonElement {
  const made = element("button", { ...options, attributes: { type: "button", ...options.attributes } });
  made.addEventListener("click", (event) => {
    if (event.detail <= 1 && made.getAttribute("aria-disabled") !== "true") onPress();
  });
  return made;
}

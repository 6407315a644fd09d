/** Elements without markup: text only ever becomes text nodes, so nothing a document says can run. */

export type Child = Node | string | number | null | undefined | false | readonly Child[];
type Attribute = string | number | boolean | null | undefined;
type Handlers = { [E in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[E]) => void };
export type Props = { on?: Handlers; [name: string]: Attribute | Handlers | undefined };

/** An element with attributes (true: present, false and null: absent), handlers and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === "on") listen(element, value as Handlers);
    else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  append(element, children);
  return element;
}

/** Replaces what stands in the element. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren();
  append(element, children);
}

/** Replaces what stands in the element; the control that had the focus has it again, found by id or `data-key`. */
export function refill(element: Element, ...children: Child[]): void {
  const active = document.activeElement;
  const isInside = active instanceof HTMLElement && element.contains(active);
  const selector = !isInside ? "" : active.id ? `#${CSS.escape(active.id)}` : `[data-key="${CSS.escape(active.dataset["key"] ?? "")}"]`;
  fill(element, ...children);
  if (selector) element.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
}

/** A coloured dot; the colour is set as a property because the page's policy forbids style attributes. */
export function dot(color: string): HTMLElement {
  const element = h("span", { class: "dot", "aria-hidden": "true" });
  element.style.backgroundColor = color;
  return element;
}

/** The function, called once the calls have paused for `wait` milliseconds. */
export function debounced<A extends unknown[]>(call: (...args: A) => void, wait: number): (...args: A) => void {
  let timer = 0;
  return (...args) => {
    clearTimeout(timer);
    timer = window.setTimeout(() => call(...args), wait);
  };
}

function listen(element: HTMLElement, handlers: Handlers): void {
  for (const [type, handler] of Object.entries(handlers)) {
    element.addEventListener(type, handler as EventListener);
  }
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(element, child as readonly Child[]);
    else element.append(child instanceof Node ? child : String(child));
  }
}

/** The states of something that is fetched: loading, there, failed. */

import { Problem } from "./api";
import { type Child, fill, h } from "./dom";
import { t } from "./language";

const newest = new WeakMap<Element, symbol>();
const PATIENCE_MS = 150;
const KINDS: Readonly<Record<number, "missing" | "several" | "stale" | "busy">> = { 404: "missing", 409: "several", 410: "stale", 503: "busy" };

/**
 * Shows the answer in the element once it is there; until then what was there before stays, and after a moment says
 * that it is loading. An answer that a later call has overtaken is dropped. Failures are told by their status, unless
 * `instead` makes something better of them.
 */
export async function show<T>(
  into: Element,
  ask: () => Promise<T>,
  render: (answer: T) => Child,
  instead: (problem: Problem) => Child = () => null,
): Promise<void> {
  const token = Symbol();
  newest.set(into, token);
  const isNewest = (): boolean => newest.get(into) === token;
  const timer = window.setTimeout(() => isNewest() && wait(into), PATIENCE_MS);
  try {
    const answer = await ask();
    if (isNewest()) fill(into, render(answer));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const again = (): void => void show(into, ask, render, instead);
    if (isNewest()) fill(into, instead(error) || failure(error, again));
  } finally {
    clearTimeout(timer);
    if (isNewest()) into.removeAttribute("aria-busy");
  }
}

/** What is shown of a problem: words by its status, what the server said, and a button where trying again may help. */
export function failure(problem: Problem, again: () => void): HTMLElement {
  const { status, detail } = problem;
  const kind = KINDS[status] ?? (status === 0 ? "offline" : status < 500 ? "refused" : "failed");
  const isOurs = status >= 400 && status < 500; // the same question gets the same answer
  return h(
    "div",
    { class: "notice failure", role: "alert" },
    h("strong", {}, t(`problem_${kind}`)),
    h("p", {}, t(`problem_${kind}_hint`, { text: asked(detail) })),
    detail && h("details", {}, h("summary", {}, t("problem_detail")), h("p", { lang: "en" }, detail)),
    !isOurs && h("button", { type: "button", class: "button", on: { click: again } }, t("retry")),
  );
}

/** The text in question, which the server quotes; empty if it quotes none. */
function asked(detail: string): string {
  return /“[^”]*”/.exec(detail)?.[0] ?? "";
}

/** What is shown where there is nothing. */
export function nothing(what: string, hint = ""): HTMLElement {
  return h("div", { class: "notice empty" }, h("strong", {}, what), hint && h("p", {}, hint));
}

function wait(into: Element): void {
  into.setAttribute("aria-busy", "true");
  if (into.childElementCount === 0) {
    fill(into, h("div", { class: "notice loading", role: "status" }, h("span", { class: "spinner" }), t("loading")));
  }
}

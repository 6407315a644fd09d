/** Quotes: the sentence with the statement marked, and where it stands. */

import { type Evidence, type Page, type Segment, get } from "./api";
import { type Child, h } from "./dom";
import { t } from "./language";
import { show } from "./pending";
import { unwrapped } from "./unwrap";

/** The pieces of evidence of a fact; more are fetched on demand when there are more than shown. */
export function quotes(fact: string, pieces: readonly Evidence[], total: number): HTMLElement {
  const list = h("div", { class: "quotes" }, pieces.map(quote));
  if (total > pieces.length) {
    const more = h("button", { type: "button", class: "link" }, t("evidence_all", { total }));
    more.addEventListener("click", () => void showAll(list, fact));
    list.append(more);
  }
  return list;
}

/** One piece of evidence. */
export function quote(piece: Evidence): HTMLElement {
  const place = t("place", { start: piece.start, end: piece.end });
  return h(
    "figure",
    { class: "quote" },
    piece.has_text
      ? h("blockquote", { lang: "zh-CN" }, segments(piece.segments))
      : h("p", { class: "no-text" }, t("no_text")),
    h(
      "figcaption",
      {},
      h("span", { class: "quote-document", lang: "zh-CN" }, `《${bare(piece.document_title)}》`),
      piece.section.length > 0 && h("span", { class: "quote-section", lang: "zh-CN" }, piece.section.join(" › ")),
      h("span", { class: "quote-place" }, piece.page === null ? place : `${t("page", { page: piece.page })} · ${place}`),
      piece.has_text && copyButton(piece),
    ),
  );
}

/** Text with its marked stretches; lines that were wrapped in the middle of a sentence run on. */
export function segments(parts: readonly Segment[]): Child[] {
  return unwrapped(parts).map((part) => (part.mark ? h("mark", {}, part.text) : part.text));
}

async function showAll(list: HTMLElement, fact: string): Promise<void> {
  const path = `evidence/${encodeURIComponent(fact)}`;
  await show(list, () => get<Page<Evidence>>(path, { limit: 200 }), (page) => page.items.map(quote));
}

function copyButton(piece: Evidence): HTMLElement {
  const button = h("button", { type: "button", class: "link copy" }, t("copy"));
  button.addEventListener("click", () => {
    void navigator.clipboard.writeText(citation(piece)).then(() => {
      button.textContent = t("copied");
    });
  });
  return button;
}

function citation(piece: Evidence): string {
  const place = [...piece.section, ...(piece.page === null ? [] : [t("page", { page: piece.page })])].join(" › ");
  return `“${piece.quote}”（《${bare(piece.document_title)}》${place ? `，${place}` : ""}）`;
}

function bare(title: string): string {
  return title.replace(/^《(.*)》$/s, "$1");
}

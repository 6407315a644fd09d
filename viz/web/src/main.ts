/** The shell: header with search, the view that the URL asks for, language switch. */

import { fill, h } from "./dom";
import { type Lang, lang, t } from "./language";
import { type Route, type View as ViewName, changed, current, go, href } from "./route";
import "./style/base.css";
import "./style/parts.css";
import "./style/home.css";
import "./style/search.css";
import "./style/node.css";
import "./style/network.css";
import "./style/chains.css";
import "./style/narrow.css";
import { suggestInput } from "./suggest";
import { chains } from "./views/chains";
import { home } from "./views/home";
import { network } from "./views/network";
import { node } from "./views/node";
import { search } from "./views/search";
import type { MakeView, View } from "./views/view";

const VIEWS: Readonly<Record<ViewName, MakeView>> = { home, search, network, chains, node };

const app = document.getElementById("app") as HTMLElement;
const header = h("header", { class: "top" });
const main = h("main", { id: "content", tabindex: "-1" });
let drawn: { view: View; name: ViewName; lang: Lang } | null = null;

function render(): void {
  const route = current();
  const language = lang();
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  if (drawn?.name === route.view && drawn.lang === language) drawn.view.update(route);
  else mount(route, language);
  drawHeader(route);
  const title = drawn?.view.title();
  document.title = title ? `${title} · ${t("title")}` : `${t("title")} · policygraph`;
}

function mount(route: Route, language: Lang): void {
  drawn?.view.destroy?.();
  const isFirst = drawn === null;
  main.className = `view-${route.view}`;
  main.replaceChildren();
  drawn = { view: VIEWS[route.view](main, route), name: route.view, lang: language };
  window.scrollTo(0, 0);
  if (!isFirst && route.view !== "home") main.focus({ preventScroll: true });
}

function drawHeader(route: Route): void {
  if (header.contains(document.activeElement) && document.activeElement instanceof HTMLInputElement && route.view === "search") return;
  const other: Lang = lang() === "zh" ? "en" : "zh";
  const tab = (view: ViewName, word: "chains" | "network"): HTMLElement =>
    h("a", { href: href(view), "aria-current": route.view === view ? "page" : null }, t(word));
  const find = suggestInput({
    id: "header-search",
    label: t("search_hint"),
    value: route.view === "search" ? (route.params.get("q") ?? "") : "",
    onPick: (picked) => go(href("node", {}, picked.id)),
    onEnter: (q) => go(href("search", { q })),
  });
  fill(
    header,
    h("a", { class: "skip", href: "#content", on: { click: (event) => { event.preventDefault(); main.focus(); } } }, t("skip")),
    h("a", { class: "brand", href: href("home") }, h("img", { src: "./icon.svg", alt: "", width: 24, height: 24 }), t("title")),
    route.view !== "home" && h("div", { class: "top-search", role: "search" }, find.root),
    h("nav", {}, tab("chains", "chains"), tab("network", "network")),
    h("a", { class: "language", href: changed({ lang: other }), lang: other === "zh" ? "zh-CN" : "en" }, t("other_language")),
  );
}

document.addEventListener("keydown", (event) => {
  const target = event.target as HTMLElement;
  if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) {
    const input = document.querySelector<HTMLInputElement>("#header-search, #home-search");
    if (input) event.preventDefault();
    input?.focus();
  }
});
app.append(header, main);
window.addEventListener("hashchange", render);
render();

/** The state of a view is its URL: `#/view/id?parameter=…`. */

export const VIEWS = ["home", "search", "network", "chains", "node"] as const;
export type View = (typeof VIEWS)[number];

export interface Route {
  view: View;
  id: string;
  params: URLSearchParams;
}

export type Changes = Readonly<Record<string, string | readonly string[] | null>>;

/** The view that a hash asks for; an unknown one is the home page. */
export function parse(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const [name = "", id = ""] = path.split("/");
  const view = VIEWS.find((known) => known === name) ?? "home";
  return { view, id: decoded(id), params: new URLSearchParams(query) };
}

export function current(): Route {
  return parse(location.hash);
}

/** The address of a view; the language goes along when it was chosen. */
export function href(view: View, params: Changes = {}, id = ""): string {
  const query = new URLSearchParams();
  const lang = current().params.get("lang");
  if (lang) query.set("lang", lang);
  apply(query, params);
  return format({ view, id, params: query });
}

/** The address of the same view with some parameters changed (null: taken away). */
export function changed(changes: Changes): string {
  const route = current();
  const params = new URLSearchParams(route.params);
  apply(params, changes);
  return format({ ...route, params });
}

/** Goes to an address; `replace` leaves no step in the history. */
export function go(address: string, { replace = false } = {}): void {
  if (address === location.hash) return;
  if (replace) {
    history.replaceState(null, "", address);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  } else location.hash = address;
}

function format({ view, id, params }: Route): string {
  const path = view === "home" ? "" : id ? `${view}/${encodeURIComponent(id)}` : view;
  const query = params.toString();
  return `#/${path}${query ? `?${query}` : ""}`;
}

function apply(params: URLSearchParams, changes: Changes): void {
  for (const [name, value] of Object.entries(changes)) {
    params.delete(name);
    if (typeof value === "string") {
      if (value) params.set(name, value);
    } else for (const each of value ?? []) params.append(name, each);
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

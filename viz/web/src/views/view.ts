/** What the shell asks of a view. */

import type { Route } from "../route";

export interface View {
  /** The name in the window's title, once it is known. */
  title(): string;
  /** The route has changed within the same view. */
  update(route: Route): void;
  /** The view is taken away. */
  destroy?(): void;
}

export type MakeView = (root: HTMLElement, route: Route) => View;

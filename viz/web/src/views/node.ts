/** The page of a node: facts and quotes on the left, neighbours by relation on the right. */

import { h } from "../dom";
import { t } from "../language";
import { neighbours, nodeDetail, nodeFacts, nodeHead, nodeLinks } from "../node";
import { show } from "../pending";
import type { Route } from "../route";
import type { MakeView } from "./view";

export const node: MakeView = (root, first) => {
  const page = h("article", { class: "node-page" });
  root.append(page);
  let id = "";
  let name = "";
  const update = (route: Route): void => {
    if (route.id === id) return;
    id = route.id;
    void show(page, () => nodeDetail(route.id), (detail) => {
      name = detail.name;
      document.title = `${name} · ${t("title")}`;
      return [
        nodeHead(detail, "h1"),
        nodeLinks(detail, { isPanel: false }),
        h(
          "div",
          { class: "node-columns" },
          h("div", {}, nodeFacts(detail)),
          h("div", {}, h("h3", {}, t("relations")), neighbours(detail.id)),
        ),
      ];
    });
  };
  update(first);
  return { title: () => name, update };
};

"""Single pages of networks, opened in a browser that has no connection."""

from itertools import combinations
from math import dist
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from graph.formats.scope import Scope
from graph.queries.network_rows import NetworkKind
from graph.queries.networks import network as ask
from graph.store import Store
from tests.viz import web_graph
from viz.layout import positions
from viz.pages import MOST_NODES, PageEdge, PageNode, graph_page, network_page, ties_page

NODES = (
    PageNode("a", "Institution", web_graph.HOSTILE, 2, f"href {web_graph.HOSTILE}"),
    PageNode("b", "City", "云州市"),
)
EDGES = (PageEdge("a", "b", "合作", 3, web_graph.HOSTILE), PageEdge("a", "b", "所在地"))

STAR = [PageNode(f"n{n}", "Enterprise", f"云州市智能装备{n}公司", 8 if n == 0 else 1) for n in range(9)]
SPOKES = [PageEdge("n0", f"n{n}") for n in range(1, 9)]


@pytest.fixture
def offline(browser: Browser, tmp_path: Path) -> "Opener":
    return Opener(browser, tmp_path)


class Opener:
    """Opens a page from a file in a browser without network; what it asks for is kept in `requests`."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser = browser
        self.file = folder / "page.html"
        self.requests: list[str] = []

    def open(self, html: str) -> Page:
        """The page, drawn."""
        self.file.write_text(html, "utf-8")
        page = self.browser.new_context(offline=True).new_page()
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(self.file.as_uri())
        expect(page.locator("#network[data-names]")).to_have_count(1)
        return page


def test_a_page_asks_for_nothing_from_outside(offline: Opener) -> None:
    page = offline.open(network_page(NODES, EDGES, title="云州市合作网络"))
    page.get_by_role("button", name="云州市").click()
    expect(page.locator("#chosen h2")).to_have_text("云州市")
    assert offline.requests == [offline.file.as_uri()]


def test_names_and_notes_that_are_markup_stay_text(offline: Opener) -> None:
    page = offline.open(network_page(NODES, EDGES, title=web_graph.HOSTILE))
    page.get_by_role("button", name="window.hacked").click()
    expect(page.locator("#chosen h2")).to_have_text(web_graph.HOSTILE)
    expect(page.get_by_role("heading", level=1)).to_have_text(web_graph.HOSTILE)
    expect(page.locator("#chosen .note").first).to_contain_text("href <img src=x")
    assert page.locator("img").count() == 0
    assert page.evaluate("window.hacked === undefined")


def test_a_page_shows_names_legend_and_both_edges_of_a_pair(offline: Opener) -> None:
    page = offline.open(network_page(NODES, EDGES, title="云州市合作网络"))
    expect(page).to_have_title("云州市合作网络")
    expect(page.locator(".legend")).to_contain_text("机构 Institution 1")
    expect(page.locator("#network")).to_have_attribute("data-names", "2")
    page.get_by_role("button", name="云州市").click()
    expect(page.locator("#chosen .relation")).to_have_text(["合作", "所在地"])


@pytest.mark.parametrize("width", [420, 1000])
def test_a_page_has_room_for_all_names_of_a_small_network(offline: Opener, width: int) -> None:
    page = offline.open(network_page(STAR, SPOKES, title="星"))
    page.set_viewport_size({"width": width, "height": 800})
    expect(page.locator("#network")).to_have_attribute("data-names", str(len(STAR)))


def test_a_page_of_an_empty_network_opens(offline: Opener) -> None:
    page = offline.open(network_page([], [], title="空"))
    expect(page.locator(".counts")).to_contain_text("0 个节点")


def test_more_nodes_than_a_page_holds_are_cut_and_said_so() -> None:
    nodes = [PageNode(f"n{n}", "City", f"市{n}", n) for n in range(MOST_NODES + 5)]
    html = network_page(nodes, [], title="大")
    assert f"{MOST_NODES + 5:,} 个节点，只画出联系最多的" in html and "best connected" in html
    assert '"n5"' in html and '"n4"' not in html


def test_the_page_of_a_graph_shows_quotes_and_leaves_out_passages(web_store: Store, offline: Opener) -> None:
    nodes = web_store.list_nodes(limit=1000)
    scope = Scope(frozenset(node.id for node in nodes), frozenset(edge.id for edge in web_store.list_edges()))
    html = graph_page(web_store, scope, title="全图")
    assert "passage:" not in html
    page = offline.open(html)
    expect(page.locator(".remark")).to_contain_text("文件与段落不画出")
    page.get_by_label("查找").fill(web_graph.PLAN)
    page.get_by_role("button", name=web_graph.PLAN).click()
    expect(page.locator("#chosen .kind").first).to_have_text("政策 Policy")
    expect(page.locator("#chosen .note").first).to_contain_text(web_graph.PLAN)


def test_the_page_of_partnerships_is_the_same_each_time(web_store: Store) -> None:
    network = ask(web_store, NetworkKind.PARTNERSHIP)
    first = ties_page(network, title="合作")
    assert "共建实训基地" in first
    assert first == ties_page(network, title="合作")


def test_places_do_not_depend_on_the_order_of_what_is_given() -> None:
    radii, edges = {"a": 9.0, "b": 30.0, "c": 9.0, "d": 9.0}, [("a", "b"), ("c", "b"), ("d", "d")]
    placed = positions(radii, edges)
    assert placed == positions(dict(reversed(radii.items())), [(b, a) for a, b in edges[::-1]])


@given(
    st.dictionaries(st.integers(0, 30).map(str), st.floats(5, 40), min_size=2),
    st.lists(st.tuples(st.integers(0, 30).map(str), st.integers(0, 30).map(str))),
)
@settings(max_examples=25, deadline=None)
def test_no_circle_covers_the_middle_of_another(radii: dict[str, float], edges: list[tuple[str, str]]) -> None:
    placed = positions(radii, [(a, b) for a, b in edges if a in radii and b in radii])
    for one, other in combinations(radii, 2):
        assert dist(placed[one], placed[other]) > max(radii[one], radii[other]) / 2


def test_small_parts_lie_close_to_the_large_one() -> None:
    radii = {f"n{n}": 10.0 for n in range(64)}
    chain = [(f"n{n}", f"n{n + 1}") for n in range(40)]
    placed = positions(radii, chain)
    distances = [dist(placed[f"n{n}"], (0, 0)) for n in range(64)]
    assert max(distances[41:]) < 1.2 * max(distances[:41])


def test_no_nodes_have_no_places() -> None:
    assert positions({}, []) == {}

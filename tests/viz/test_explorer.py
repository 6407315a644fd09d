"""The explorer, as a person uses it."""

import base64
import csv
import io
import re

from playwright.sync_api import Browser, Page, expect

from tests.viz import web_graph
from viz.styles import class_style

FIND_COLOR = """async ([png, color]) => {
  const bytes = Uint8Array.from(atob(png), (c) => c.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], {type: "image/png"}));
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  const {data} = context.getImageData(0, 0, image.width, image.height);
  const wanted = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  const found = [];
  for (let at = 0; at < data.length; at += 4) {
    if (wanted.every((value, i) => Math.abs(data[at + i] - value) < 3)) found.push(at / 4);
  }
  const middle = found[Math.floor(found.length / 2)];
  return middle === undefined ? null : [middle % image.width, Math.floor(middle / image.width)];
}"""


DRAWN_PIXELS = """() => {
  const names = document.querySelector(".canvas .names");
  const {data} = names.getContext("2d").getImageData(0, 0, names.width, names.height);
  return data.filter((value, at) => at % 4 === 3 && value > 0).length;
}"""


def open_network(page: Page, site: str, query: str = "") -> None:
    page.goto(f"{site}#/network{query}")
    expect(page.locator(".canvas[data-painted]")).to_be_visible()


def node_id(page: Page, site: str, name: str) -> str:
    found = page.request.get(f"{site}api/v1/search", params={"q": name, "limit": 1}).json()
    return str(found["items"][0]["id"])


def is_unharmed(page: Page) -> bool:
    return page.evaluate("window.hacked === undefined") is True


def test_the_first_page_searches_and_opens_what_was_found(page: Page, site: str) -> None:
    page.goto(site)
    expect(page.locator(".counts")).to_contain_text("政策")
    page.get_by_role("combobox").fill("海棠职业")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#/search\?q="))
    expect(page.locator(".hits mark").first).to_have_text("海棠职业")
    page.get_by_role("link", name=web_graph.COLLEGE, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(web_graph.COLLEGE)
    expect(page.locator(".relation").first).to_be_visible()


def test_suggestions_are_chosen_with_the_keyboard(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("combobox").press_sequentially("星渊智能", delay=20)
    expect(page.get_by_role("option").first).to_contain_text(web_graph.COMPANY)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(web_graph.COMPANY)


def test_search_in_text_can_be_narrowed_to_a_class(page: Page, site: str) -> None:
    page.goto(f"{site}#/search?q=实训基地")
    expect(page.locator(".hit-passage mark").first).to_have_text("实训基地")
    page.locator(".filter-chips").get_by_role("link", name="政策").click()
    expect(page.locator(".empty")).to_contain_text("没有找到“实训基地”")


def test_a_click_in_the_picture_shows_the_node_with_its_quote(page: Page, browser: Browser, site: str) -> None:
    open_network(page, site, "?hide=Enterprise")
    page.goto(f"{site}#/network?hide=City")
    picture = base64.b64encode(page.locator(".canvas").screenshot()).decode()
    blank = browser.new_page()
    place = blank.evaluate(FIND_COLOR, [picture, class_style("Enterprise").color])
    blank.close()
    assert place is not None
    page.locator(".canvas").click(position={"x": place[0], "y": place[1]})
    expect(page).to_have_url(re.compile(r"node=organization"))
    panel = page.locator(".panel")
    expect(panel.locator(".class-chip").first).to_have_text("企业")
    expect(panel.get_by_role("heading", level=2)).to_be_visible()
    expect(panel.locator(".quote figcaption").first).to_contain_text("《")


def test_the_list_beside_the_picture_does_the_same(page: Page, site: str) -> None:
    open_network(page, site)
    page.locator(".node-list").get_by_role("button", name=web_graph.COLLEGE).press("Enter")
    panel = page.locator(".panel")
    expect(panel.get_by_role("heading", level=2)).to_have_text(web_graph.COLLEGE)
    expect(panel.locator(".facts")).to_contain_text("海职院")
    row = panel.locator(".neighbour", has_text=web_graph.COMPANY)
    row.get_by_role("button", name="原文").click()
    expect(row.locator("mark")).to_have_text(web_graph.QUOTE)
    expect(row.locator("figcaption")).to_contain_text("海棠职业技术学院年报")
    page.get_by_role("button", name="关闭").click()
    expect(panel).to_be_hidden()


def test_names_stay_in_the_picture_while_entries_of_the_list_are_clicked(page: Page, site: str) -> None:
    open_network(page, site)
    rows = page.locator(".node-list li button")
    expect(rows).to_have_count(5)
    for at in (0, 3, 1, 4, 2, 0):
        rows.nth(at).click()
        expect(rows.nth(at)).to_have_attribute("aria-pressed", "true")
        page.wait_for_timeout(400)  # the camera moves for a quarter of a second
        assert page.evaluate(DRAWN_PIXELS) > 100


def test_relations_are_counted_exactly_on_the_first_page(page: Page, site: str) -> None:
    page.goto(f"{site}#/node/{node_id(page, site, web_graph.PLAN)}")
    numbers = page.locator(".relation h4 .number")
    expect(numbers.first).to_have_text("61")
    assert not any("+" in number for number in numbers.all_inner_texts())


def test_a_figure_of_a_goal_is_shown_once(page: Page, site: str) -> None:
    page.goto(f"{site}#/search?q=培训指标7达到&label=Goal")
    hit = page.locator(".hit").first
    expect(hit.locator(".hit-name")).to_have_text("培训指标7")
    expect(hit.locator(".figure")).to_contain_text("≥ 1,007 人 · 2025")
    hit.locator(".hit-name").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("培训指标7")
    expect(page.locator(".node-head .figure")).to_have_text("≥ 1,007 人 · 2025")


def test_a_node_that_was_found_by_another_name_shows_both(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("combobox").press_sequentially("海职院", delay=20)
    expect(page.get_by_role("option").first).to_contain_text(f"{web_graph.COLLEGE}（海职院）")
    page.keyboard.press("Enter")
    expect(page.locator(".hit").first).to_contain_text(f"{web_graph.COLLEGE}（海职院）")


def test_names_are_written_beside_the_nodes(page: Page, site: str) -> None:
    open_network(page, site)
    expect(page.locator(".canvas")).to_have_attribute("data-names", "5")


def test_filters_of_the_network_are_in_the_url(page: Page, site: str) -> None:
    open_network(page, site)
    expect(page.locator(".rail .total")).to_contain_text("5 个合作方，3 对合作")
    page.get_by_label("合作类型").select_option("training_base")
    expect(page.locator(".rail .total")).to_contain_text("2 个合作方，1 对合作")
    expect(page).to_have_url(re.compile("kind=training_base"))
    page.reload()
    expect(page.locator(".rail .total")).to_contain_text("2 个合作方，1 对合作")
    page.locator(".legend").get_by_role("button", name="企业").click()
    expect(page.locator(".rail .total")).to_contain_text("0 个合作方")


def test_evidence_without_text_says_where_it_stands(page: Page, site: str) -> None:
    page.goto(f"{site}#/node/{node_id(page, site, '木棉研究院')}")
    quote = page.locator(".quote").first
    expect(quote).to_contain_text("原文未随附")
    expect(quote).to_contain_text("《未随附的报告》")
    expect(quote).to_contain_text("第 0–5 字")


def test_chains_page_forward_and_back(page: Page, site: str) -> None:
    page.goto(f"{site}#/chains")
    rows = page.locator(".chain-table tbody tr:not(.detail)")
    expect(rows).to_have_count(50)
    page.get_by_role("link", name="下一页").click()
    expect(page.locator(".pager")).to_contain_text("第 2 / 2 页")
    expect(rows).to_have_count(11)
    page.reload()
    expect(rows).to_have_count(11)
    page.get_by_role("link", name="上一页").click()
    expect(rows).to_have_count(50)


def test_a_chain_shows_figure_baseline_and_quote(page: Page, site: str) -> None:
    page.goto(f"{site}#/chains?indicator=培训指标7")
    row = page.locator(".chain-table tbody tr").first
    expect(row.locator("td.goal .figure")).to_have_text("≥ 1,007 人 · 2025")
    expect(row.locator("td.goal")).to_contain_text("基线 900 人 · 2020")
    expect(row.locator("td.actor .chips")).to_contain_text("同句")
    row.locator("td.goal .quote-button").click()
    expect(page.locator("tr.detail mark")).to_have_text("培训指标7达到1007人")
    expect(page).to_have_url(re.compile(r"open=0\.goal"))
    page.reload()
    expect(page.locator("tr.detail mark")).to_have_text("培训指标7达到1007人")


def test_years_and_issuer_filter_the_chains(page: Page, site: str) -> None:
    page.goto(f"{site}#/chains")
    page.get_by_label("目标年份，至").fill("2024")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("year_to=2024"))
    expect(page.locator(".answer-head")).to_contain_text("1 行")
    page.get_by_label("目标年份，自").fill("2024")
    page.keyboard.press("Enter")
    expect(page.locator(".empty")).to_contain_text("没有符合条件的政策链")
    page.goto(f"{site}#/chains?issuer={web_graph.COLLEGE}")
    expect(page.get_by_label("发布机关")).to_have_value(web_graph.COLLEGE)
    expect(page.locator(".empty")).to_contain_text("没有符合条件的政策链")


def test_gaps_are_shown_alone_on_demand(page: Page, site: str) -> None:
    page.goto(f"{site}#/chains")
    page.get_by_role("button", name="无措施").click()
    row = page.locator(".chain-table tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("无人负责的指标")
    expect(row.locator("td.measure")).to_have_text("没有措施服务于它")
    expect(row.locator("td.actor")).to_have_text("没有写明行动者")


def test_an_actor_is_chosen_from_suggestions(page: Page, site: str) -> None:
    page.goto(f"{site}#/chains")
    page.get_by_label("行动者").press_sequentially("海棠", delay=20)
    page.get_by_role("option", name=web_graph.COLLEGE).first.click()
    expect(page).to_have_url(re.compile("actor=organization"))
    expect(page.locator(".answer-head")).to_contain_text("60 行")
    expect(page.get_by_label("行动者")).to_have_value(web_graph.COLLEGE)


def test_chains_are_taken_away_as_a_spreadsheet(page: Page, site: str) -> None:
    page.goto(f"{site}#/chains?indicator=培训指标7")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 CSV").click()
    text = download.value.path().read_text("utf-8-sig")
    assert "培训指标7" in str(list(csv.reader(io.StringIO(text)))[1])


def test_problems_are_told_in_the_language_of_the_page(page: Page, site: str) -> None:
    page.goto(f"{site}#/chains?policy=没有这项政策")
    expect(page.get_by_role("alert")).to_contain_text("图谱里没有“没有这项政策”这一项")
    expect(page.get_by_role("alert").locator("details > p")).to_be_hidden()
    expect(page.get_by_role("button", name="重试")).to_have_count(0)
    page.goto(f"{site}#/chains?policy=没有这项政策&lang=en")
    expect(page.get_by_role("alert")).to_contain_text("Not found")


def test_the_keyboard_keeps_its_place_in_filters_and_lists(page: Page, site: str) -> None:
    page.goto(f"{site}#/chains")
    page.get_by_role("button", name="同句").press("Enter")
    expect(page).to_have_url(re.compile("closeness=sentence"))
    expect(page.get_by_role("button", name="同句", pressed=True)).to_be_focused()
    open_network(page, site)
    row = page.locator(".node-list").get_by_role("button", name=web_graph.COMPANY)
    row.press("Enter")
    expect(page.locator(".panel").get_by_role("heading", level=2)).to_be_visible()
    expect(row).to_be_focused()


def test_lines_that_were_wrapped_run_on_and_lines_that_end_do_not(page: Page, site: str) -> None:
    page.goto(f"{site}#/node/{node_id(page, site, '折行研究院')}")
    lines = page.locator(".quote blockquote").first.inner_text().split("\n")
    assert lines == web_graph.UNWRAPPED


def test_a_name_that_fits_several_is_chosen_from_them(page: Page, site: str) -> None:
    page.goto(f"{site}#/chains?measure=任务")
    expect(page.locator(".choices")).to_contain_text("“任务”可以指")
    page.locator(".choices").get_by_role("link", name="任务12", exact=True).click()
    expect(page.locator(".answer-head")).to_contain_text("1 行")


def test_a_name_that_is_markup_is_only_ever_text(page: Page, site: str) -> None:
    open_network(page, site)
    page.locator(".node-list").get_by_role("button", name="window.hacked").click()
    panel = page.locator(".panel")
    expect(panel.get_by_role("heading", level=2)).to_have_text(web_graph.HOSTILE)
    panel.get_by_role("button", name="原文").first.click()
    panel.get_by_role("link", name="完整页面").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(web_graph.HOSTILE)
    page.goto(f"{site}#/search?q=hacked")
    expect(page.locator(".hit").first).to_contain_text("<img src=x")
    assert page.locator("main img, main script").count() == 0
    assert is_unharmed(page)


def test_the_language_is_switched_and_kept_in_the_url(page: Page, site: str) -> None:
    page.goto(f"{site}#/chains")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("link", name="Download CSV")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Partnerships").click()
    expect(page).to_have_url(re.compile("lang=en"))
    expect(page.locator(".rail .total")).to_contain_text("5 partners")


def test_a_server_that_is_gone_is_said_so(page: Page, site: str) -> None:
    page.goto(site)
    page.route("**/api/**", lambda route: route.abort())
    page.goto(f"{site}#/search?q=任务")
    expect(page.get_by_role("alert")).to_contain_text("服务器没有应答")
    page.unroute("**/api/**")
    page.get_by_role("button", name="重试").click()
    expect(page.locator(".hit").first).to_be_visible()


def test_a_narrow_window_has_one_column(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 420, "height": 800})
    for view in ("", "chains", "search?q=任务", f"node/{node_id(page, site, web_graph.PLAN)}", "network"):
        page.goto(f"{site}#/{view}")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= 420
    picture, rows = page.locator(".stage").bounding_box(), page.locator(".node-list").bounding_box()
    assert picture and rows and picture["y"] + picture["height"] <= rows["y"] + 1

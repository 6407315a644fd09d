"""From documents to a table and a picture: `python examples/notebook.py`, or cell by cell in an editor (# %%)."""

# %% Read the documents into a store
import tempfile
from pathlib import Path

from graph.open import open_store
from loaders.load import load_paths
from policygraph import open_graph

folder = Path(tempfile.mkdtemp())
with open_store(str(folder / "plans.db")) as store:
    load_paths(store, [Path("examples/documents")])

# %% What of the college's plan was reached a year later? The table has the quote of every figure beside it.
graph = open_graph(str(folder / "plans.db"))  # or the address of a server, or neo4j://…
table = graph.progress(policy="海棠职业技术学院“十四五”发展规划").to_frame()
held = table[table["status"].isin(["reached", "on_the_way", "behind"])]
print(held[["status", "share_done", "goal", "observation", "observation_quote"]])

# %% Who carries out what serves the goals of the two cities, counted by how near they stand in the text
chains = graph.chains(region=["云州市", "清河市"]).to_frame()
print(chains.pivot_table("goal_id", index="actor", columns="closeness", aggfunc="nunique").head(10))

# %% Who works with whom: a page with the picture, which needs no network connection
picture = folder / "partners.html"
picture.write_text(graph.network().to_html(), "utf-8")
print(picture)
graph.close()

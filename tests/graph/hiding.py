"""Hiding some of a graph at random, as reviews do."""

from hypothesis import strategies as st

from graph.review.shown_at_once import Hidden
from graph.store import Store


def draw_hidden(data: st.DataObject, store: Store) -> Hidden:
    """Some nodes with all their edges, and some edges besides."""
    known = {node.id: node.label for node in store.list_nodes()}
    nodes = data.draw(st.sets(st.sampled_from(sorted(known)), max_size=3)) if known else set()
    edges = {edge.id: edge.type for edge in store.list_edges()}
    some = data.draw(st.sets(st.sampled_from(sorted(edges)), max_size=3)) if edges else set()
    at_nodes = {step.id: step.type for step in store.steps(nodes)}
    return Hidden({id_: known[id_] for id_ in nodes}, {id_: edges[id_] for id_ in some} | at_nodes)

"""What every answer needs is made when a server starts, so that whoever asks first need not wait for it."""

from collections.abc import Callable, Iterator
from functools import partial
from threading import Thread
from typing import cast

from fastapi import FastAPI

from graph.errors import PolicygraphError
from graph.normal import fold
from graph.queries.chains import chains
from graph.queries.counts import CountBy, counts
from graph.review.shown import Views


def warm_up(app: FastAPI) -> Thread:
    """The thread that asks the app's store the questions without a filter; where it can't answer, nothing is lost."""
    thread = Thread(target=_ask, args=(cast(Views, app.state.views),), name="warming", daemon=True)
    thread.start()
    return thread


def _ask(views: Views) -> None:
    try:
        for question in _questions(views):
            question()
    except PolicygraphError:  # who asks will be told
        return


def _questions(views: Views) -> Iterator[Callable[[], object]]:
    yield partial(fold, "國")  # its table of characters is made when it is first looked into
    store = views.get()
    yield partial(chains, store, limit=1)
    for by in CountBy:
        yield partial(counts, store, by)

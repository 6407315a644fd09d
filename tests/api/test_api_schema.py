"""Whatever the reference allows, and what it forbids, is answered as it says: Schemathesis makes up the requests."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.core.result import Ok
from schemathesis.schemas import BaseSchema

from api.app import create_app
from api.security import WriteAccess
from graph.ids import document_id
from graph.open import open_store
from graph.store import Store
from tests import aligned_graph as plans
from tests import small_graph as small
from tests.conftest import IS_SOAK

EXAMPLES = {"sqlite": 8, "neo4j": 2, "empty": 3, "writing": 5}
"""Requests of each kind to each route, and walks, where `make soak` does not ask for all of them."""
IN_FULL = 2_000
STEPS = 8
KEY = "open sesame"
REFUSALS = ["400", "401", "403", "404", "409", "410", "413", "414", "422"]
CONFIG = {
    "request-timeout": 120.0,  # a loaded machine is no error
    "generation": {"with-security-parameters": False},
    "checks": {
        "negative_data_rejection": {"expected-statuses": REFUSALS},
        "ignored_auth": {"enabled": False},  # who writes here has the key
        "positive_data_acceptance": {"enabled": False},  # a name of the right form may be that of nobody
    },
}
SETTINGS = settings(
    deadline=None,
    database=None,
    derandomize=not IS_SOAK,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
    verbosity=Verbosity.quiet,
)
REAL: dict[str, list[Any]] = {
    "q": ["学院", "云州*", '"职业教育"', "a", "\0"],
    "id": ["place:990100", plans.policy_id(plans.CITY), "goal:none", document_id("b" * 64)],
    "policy": [plans.policy_id(plans.CITY), plans.NATION, "policy:none"],
    "region": ["place:990100", plans.QINGYU, "无此地"],
    "issuer": [small.BUREAU],
    "actor": [small.COLLEGE, small.COMPANY, "云州"],
    "indicator": ["双师型", "占比"],
    "label": ["Region", "Goal"],
    "seed": ["place:990100", small.COLLEGE],
    "from": ["place:990100", small.COLLEGE],
    "to": [small.COMPANY, plans.CITY],
    "ego": [small.COLLEGE],
    "cursor": [None],  # those that there are come by the links
    "limit": [1, 2, 500, None],
    "year_from": [2020, None],
    "year_to": [2030, None],
    "min_columns": [1],
    "types": ["INVOLVES"],
}


@pytest.fixture(scope="module", params=["sqlite", "neo4j", "empty"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    is_server = request.param == "neo4j"
    new: Callable[[], Store] = (
        request.getfixturevalue("new_neo4j_store")
        if is_server
        else lambda: open_store(str(tmp_path_factory.mktemp("schema") / "small.db"))
    )
    with new() as opened:
        for batch in () if request.param == "empty" else (*plans.all_batches(), small.plan(), small.report()):
            opened.write(batch)
        yield opened


@pytest.fixture
def asking(request: pytest.FixtureRequest, store: Store) -> settings:
    """How much is asked of the store."""
    number = IN_FULL if IS_SOAK else EXAMPLES[request.node.callspec.params["store"]]
    return settings(SETTINGS, max_examples=number)


def schema_of(store: Store, **options: Any) -> BaseSchema:
    """The description of an app on the store."""
    app = create_app(store, static=Path("nowhere"), **options)
    return schemathesis.openapi.from_asgi("/openapi.json", app, config=schemathesis.Config.from_dict(CONFIG))


def know(schema: BaseSchema) -> BaseSchema:
    """The schema, of whose requests many ask for what there is."""

    def real(given: dict[str, Any] | None) -> st.SearchStrategy[dict[str, Any] | None]:
        if not given:
            return st.just(given)
        return st.fixed_dictionaries({name: known(name, value) for name, value in given.items()}).map(without_none)

    @schema.hook
    def flatmap_query(
        _: schemathesis.HookContext, query: dict[str, Any] | None
    ) -> st.SearchStrategy[dict[str, Any] | None]:
        return real(query)

    @schema.hook
    def flatmap_path_parameters(
        _: schemathesis.HookContext, path_parameters: dict[str, Any] | None
    ) -> st.SearchStrategy[dict[str, Any] | None]:
        return real(path_parameters)

    return schema


def known(name: str, value: Any) -> st.SearchStrategy[Any]:
    """Mostly one of the values that the parameter has in the graph.

    An answer that is slimmed has not all that its schema asks for, and its own tests.
    """
    if name == "fields":
        return st.none()
    if name not in REAL or (name == "limit" and not isinstance(value, int)):
        return st.just(value)
    found = st.sampled_from(REAL[name])
    listed = found.map(lambda one: [one]) if isinstance(value, list) else found
    return st.one_of(listed, listed, listed, st.just(value))


def without_none(query: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in query.items() if value is not None}


@pytest.mark.soak
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_is_as_the_reference_says(
    store: Store, asking: settings, mode: GenerationMode, subtests: pytest.Subtests
) -> None:
    is_allowed = mode is GenerationMode.POSITIVE
    schema = know(schema_of(store)) if is_allowed else schema_of(store)
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if not is_allowed and not operation.definition.raw.get("parameters"):
            continue  # there is nothing to be wrong

        @asking
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Case[Any]) -> None:
            case.call_and_validate()

        with subtests.test(operation.label):
            ask()


@pytest.mark.soak
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_what_writes_answers_as_the_reference_says(
    tmp_path: Path, mode: GenerationMode, subtests: pytest.Subtests
) -> None:
    asking = settings(SETTINGS, max_examples=IN_FULL if IS_SOAK else EXAMPLES["writing"])
    with open_store(str(tmp_path / "written.db")) as store:
        store.write(small.plan())
        schema = schema_of(store, write_access=WriteAccess(KEY))
        schema = know(schema) if mode is GenerationMode.POSITIVE else schema
        for found in schema.get_all_operations():
            assert isinstance(found, Ok)
            operation = found.ok()
            if "security" not in operation.definition.raw or (
                operation.path.endswith("/jobs") and mode is GenerationMode.NEGATIVE
            ):
                continue

            @asking
            @given(case=operation.as_strategy(generation_mode=mode))
            def ask(case: Case[Any]) -> None:
                case.call_and_validate(headers={"X-API-Key": KEY})

            with subtests.test(operation.label):
                ask()


@pytest.mark.soak
def test_every_walk_from_answer_to_answer_is_as_the_reference_says(store: Store, asking: settings) -> None:
    machine = know(schema_of(store)).as_state_machine()
    machine.run(settings=settings(asking, stateful_step_count=STEPS))

"""Settings from the environment; nothing is read when this module is imported."""

from typing import Annotated

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import RefusedInput

PREFIX = "POLICYGRAPH_"


class Settings(BaseSettings):
    """What the environment says; an option of a command counts before it."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True)

    store: Annotated[str, Field(description="file or address of the store of a command without `--store`")] = (
        "policygraph.db"
    )
    host: Annotated[str, Field(description="address that `serve` listens on")] = "127.0.0.1"
    port: Annotated[
        int, Field(ge=0, le=65535, description="port that `serve` listens on; 0 takes one that is free")
    ] = 8000
    api_key: Annotated[SecretStr | None, Field(description="key that a server asks of whoever writes")] = None
    neo4j_user: Annotated[str, Field(description="user of a Neo4j store")] = "neo4j"
    neo4j_password: Annotated[SecretStr | None, Field(description="password of a Neo4j store")] = None
    neo4j_database: Annotated[str, Field(description="database of a Neo4j store")] = "neo4j"
    neo4j_label: Annotated[
        str, Field(pattern="^[A-Za-z][A-Za-z0-9]{0,59}$", description="label of all nodes of a Neo4j store")
    ] = "PolicyGraph"


def load_settings() -> Settings:
    """The settings of the environment as it is now; raises RefusedInput that names a variable with a bad value."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        variable = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
        raise RefusedInput(f"{variable}: {first['msg']}; change or unset it in the environment") from error

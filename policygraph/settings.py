"""Settings from the environment; nothing is read when this module is imported."""

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import RefusedInput

PREFIX = "POLICYGRAPH_"


class Settings(BaseSettings):
    """What the environment says; an option of a command counts before it."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True)

    store: str = Field("policygraph.db", description="store of every command without `--store`: a file or neo4j://…")
    host: str = Field("127.0.0.1", description="address that `serve` listens on")
    port: int = Field(8000, ge=0, le=65535, description="port that `serve` listens on; 0 takes a free one")
    api_key: SecretStr | None = Field(None, description="key that a server asks for from writers elsewhere")
    neo4j_user: str = Field("neo4j", description="user of a Neo4j store")
    neo4j_password: SecretStr | None = Field(None, description="password of a Neo4j store")
    neo4j_database: str = Field("neo4j", description="database of a Neo4j store")


def load_settings() -> Settings:
    """The settings of the environment as it is now; raises RefusedInput that names a variable with a bad value."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        variable = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
        raise RefusedInput(f"{variable}: {first['msg']}; change or unset it in the environment") from error

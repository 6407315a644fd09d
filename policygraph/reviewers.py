"""Who reviews."""

import getpass

from graph.errors import RefusedInput
from policygraph.settings import load_settings


def reviewer(given: str | None) -> str:
    """The name that is given, else that of the settings, else the name of the login; raises RefusedInput for none."""
    name = given or load_settings().reviewer
    if name:
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise RefusedInput("nobody is named as the reviewer; give --by NAME or set POLICYGRAPH_REVIEWER") from error

"""The server of the Model Context Protocol: the tools, the documents as resources, over stdio or HTTP. Read-only."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError, ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import CallToolResult, InputRequiredResult, Resource, TextContent, ToolAnnotations
from pydantic import ValidationError
from starlette.applications import Starlette

from api.assistants.documents import PART_TEMPLATE, TEMPLATE, document_text, document_uri, listed_documents
from api.assistants.tools import Tools
from graph.deadline import deadline
from graph.errors import NotFound, PolicygraphError
from graph.nearest import hint
from graph.review.merged import merged_nodes
from graph.store import Store

TOOLS = ("search", "chains", "cascade", "compare", "progress", "path", "network", "evidence")
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
PATH = "/mcp"
_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_INSTRUCTIONS = (
    "A graph of policy documents: policies, goals with their numbers, measures, the actors who carry them out, and "
    "partners. Every fact has an id and the sentence that states it: quote it, and say which document it is from. "
    "Names are as in the documents, mostly Chinese; `search` finds them. Answers are short: `next` leads to further "
    "rows, `evidence` gives a fact's sentences in full, and a document's text is a resource."
)
_MARKDOWN = "text/markdown"


class AssistantServer(MCPServer[Any]):
    """A server whose tools reply briefly and within a time, and tell of every refusal in one line."""

    def __init__(self, store: Store, *, version: str, time_limit_s: float = 30.0) -> None:
        super().__init__("policygraph", instructions=_INSTRUCTIONS, version=version, log_level="WARNING")
        self._store = store
        self._time_limit_s = time_limit_s
        tools = Tools(store)
        for name in TOOLS:
            self.add_tool(getattr(tools, name), annotations=_READS)
        self.resource(TEMPLATE, name="document", mime_type=_MARKDOWN)(self._first_part)
        self.resource(PART_TEMPLATE, name="part of a document", mime_type=_MARKDOWN)(self._part)

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """The reply of a tool, as JSON without what is empty; raises ToolError with one line for what is refused."""
        self._refuse_unknown(name, arguments)
        try:
            with deadline(self._time_limit_s):
                reply = await super().call_tool(name, self._led_on(arguments), context)
        except ToolError as error:
            if isinstance(error.__cause__, PolicygraphError | ValidationError):
                raise ToolError(_one_line(error.__cause__)) from error.__cause__
            raise
        if not isinstance(reply, CallToolResult) or reply.structured_content is None:
            return reply
        text = json.dumps(reply.structured_content, ensure_ascii=False, separators=(",", ":"))
        return reply.model_copy(update={"content": [TextContent(type="text", text=text)]})

    async def list_resources(self) -> list[Resource]:
        """The documents of the store, the first hundred."""
        return [
            Resource(uri=document_uri(node.id), name=node.name, mime_type=_MARKDOWN)
            for node in listed_documents(self._store)
        ]

    def http_app(self, *, hosts: Sequence[str] = ()) -> Starlette:
        """The app that answers at /mcp; `hosts` are the names, beside those of the machine itself, that it goes by.

        A request for another name (Host), or from a page of another (Origin), is refused.
        """
        names = (*LOOPBACK, *hosts)
        security = TransportSecuritySettings(
            allowed_hosts=[form for name in names for form in (name, f"{name}:*")],
            allowed_origins=[
                form
                for name in names
                for scheme in ("http", "https")
                for form in (f"{scheme}://{name}", f"{scheme}://{name}:*")
            ],
        )
        return self.streamable_http_app(
            streamable_http_path=PATH, json_response=True, stateless_http=True, transport_security=security
        )

    def _first_part(self, document: str) -> str:
        """Text of a document, with marks for sections and pages: its first part, which says where the next is."""
        return self._part(document, "1")

    def _part(self, document: str, part: str) -> str:
        """A further part of a document's text."""
        try:
            return document_text(self._store, document, part)
        except NotFound as error:
            raise ResourceNotFoundError(str(error)) from error
        except PolicygraphError as error:
            raise ResourceError(str(error)) from error

    def _led_on(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments with the ids of the nodes that stand for merged ones."""
        merged = merged_nodes(self._store)

        def now(value: Any) -> Any:
            if isinstance(value, list):
                return [now(one) for one in value]
            return merged.get(value, value) if isinstance(value, str) else value

        return {name: now(value) for name, value in arguments.items()}

    def _refuse_unknown(self, name: str, arguments: Mapping[str, Any]) -> None:
        schema = self._tool_input_schema(name)
        known = schema["properties"] if schema else arguments
        for argument in arguments:
            if argument not in known:
                raise ToolError(f"{name} has no argument “{argument[:60]}”; {hint(argument, known)}")


def _one_line(error: PolicygraphError | ValidationError) -> str:
    if isinstance(error, PolicygraphError):
        return str(error)
    faults = error.errors(include_url=False)
    return "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults)

"""What a person says of a document that its text does not say."""

from dataclasses import asdict, dataclass

from ontology.values import PolicyLevel


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """Options of `load`, or a row of `documents.csv`; they count before what the text says.

    `issuer` and `region` are names; several issuers are divided by 、 or |. `source` is the published address.
    """

    title: str | None = None
    issuer: str | None = None
    region: str | None = None
    issued_on: str | None = None
    doc_number: str | None = None
    level: PolicyLevel | None = None
    source: str | None = None

    def given(self) -> dict[str, str]:
        """The options that are given, without the source, by name."""
        return {name: str(value) for name, value in asdict(self).items() if value is not None and name != "source"}

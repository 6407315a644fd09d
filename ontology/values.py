"""Value types that properties of classes and relations are made of.

A number has one canonical form: 60.0 becomes 60, so that two documents that write it differently agree.
"""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field


def _canonical_number(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("true and false are no numbers")
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def iso_date(value: str) -> str:
    """The date itself if it is 2021, 2021-05 or 2021-05-25; raises ValueError if it is none."""
    if re.fullmatch(r"\d{4}(-\d{2})?", value):
        year, _, month = value.partition("-")
        date(int(year), int(month or 1), 1)
        return value
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("a date is written 2021, 2021-05 or 2021-05-25")
    return date.fromisoformat(value).isoformat()


Text = Annotated[str, Field(min_length=1)]
Number = Annotated[int | float, BeforeValidator(_canonical_number)]
NumberOrRatio = Annotated[int | float | str, BeforeValidator(_canonical_number)]
Year = Annotated[int, Field(ge=1000, le=2999)]
IsoDate = Annotated[str, AfterValidator(iso_date)]
"""A date with the precision that the text has: 2021, 2021-05 or 2021-05-25."""
DivisionCode = Annotated[str, Field(pattern=r"^\d{6}$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Offset = Annotated[int, Field(ge=0)]


class Origin(StrEnum):
    """Where a fact is from; only a document's facts must have evidence."""

    DOCUMENT = "document"
    CURATED = "curated"
    REGISTER = "register"
    REVIEW = "review"


class ReviewState(StrEnum):
    """What a reviewer said of a fact."""

    UNREVIEWED = "unreviewed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    CORRECTED = "corrected"
    MERGED = "merged"


class PolicyKind(StrEnum):
    """Genre of a policy."""

    LAW = "law"
    PLAN = "plan"
    OPINION = "opinion"
    SCHEME = "scheme"
    MEASURES = "measures"
    NOTICE = "notice"
    REPORT = "report"
    STANDARD = "standard"
    OTHER = "other"


class PolicyLevel(StrEnum):
    """Level of the body whose policy it is."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    MUNICIPAL = "municipal"
    COUNTY = "county"
    INSTITUTIONAL = "institutional"


class PolicyStatus(StrEnum):
    """Whether a policy applies."""

    IN_FORCE = "in_force"
    MANDATED = "mandated"
    DRAFT = "draft"
    TRIAL = "trial"
    REPEALED = "repealed"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


class TitleFrom(StrEnum):
    """Where a policy's title was taken from."""

    TEXT = "text"
    OPTION = "option"
    FILE = "file"


class RegionLevel(StrEnum):
    """Level of a place; `prefecture` is a city's, and a municipality is a city of level `province`."""

    COUNTRY = "country"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    ZONE = "zone"
    AREA = "area"
    FOREIGN = "foreign"


class InstitutionKind(StrEnum):
    """Kind of an organization that is no enterprise."""

    GOVERNMENT = "government"
    SCHOOL = "school"
    RESEARCH = "research"
    ALLIANCE = "alliance"
    PLATFORM = "platform"
    ASSOCIATION = "association"
    HOSPITAL = "hospital"
    MEDIA = "media"
    OTHER = "other"


class GroupKind(StrEnum):
    """Kind of a collective actor."""

    GOVERNMENT = "government"
    SCHOOL = "school"
    RESEARCH = "research"
    ENTERPRISE = "enterprise"
    ASSOCIATION = "association"
    PEOPLE = "people"
    OTHER = "other"


class Comparator(StrEnum):
    """How a value is meant: at least, at most, exactly, about, or between `value` and `value_max`."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EXACTLY = "="
    ABOUT = "~"
    RANGE = "range"


class Binding(StrEnum):
    """Whether a goal of a plan binds (约束性) or is expected (预期性)."""

    BINDING = "约束性"
    EXPECTED = "预期性"


class GoalSource(StrEnum):
    """Whether a goal stands in running text or in a table."""

    TEXT = "text"
    TABLE = "table"


class UnitKind(StrEnum):
    """What a unit measures; only shares, rates and ratios can be tighter or looser than another."""

    SHARE = "share"
    RATE = "rate"
    RATIO = "ratio"
    COUNT = "count"
    MONEY = "money"
    AREA = "area"
    LENGTH = "length"
    VOLUME = "volume"
    MASS = "mass"
    TIME = "time"
    OTHER = "other"


class Basis(StrEnum):
    """Whether an indicator counts what there is, what is new, or what has come together over time."""

    STOCK = "stock"
    NEW = "new"
    CUMULATIVE = "cumulative"


class MeasureKind(StrEnum):
    """What sort of measure a heading announces."""

    TASK = "task"
    PROJECT = "project"
    SAFEGUARD = "safeguard"


class Role(StrEnum):
    """How a measure involves an actor, the strongest first; the first three act."""

    LEAD = "lead"
    PARTNER = "partner"
    SUPPORTER = "supporter"
    BENEFICIARY = "beneficiary"
    OBJECT = "object"


class PartnershipKind(StrEnum):
    """What sort of thing two partners do together."""

    JOINT_SCHOOL = "joint_school"
    INDUSTRY_COLLEGE = "industry_college"
    ORDER_CLASS = "order_class"
    TRAINING_BASE = "training_base"
    RESEARCH = "research"
    SERVICE = "service"
    APPRENTICESHIP = "apprenticeship"
    ALLIANCE = "alliance"
    OVERSEAS = "overseas"
    OTHER = "other"

"""Whether a group stands for actors, and does not modify a thing, locate, or name what is brought forth."""

import re
from dataclasses import dataclass
from functools import cache

from loaders.extract.actor_roles import Clause, left_use, right_use
from loaders.extract.clause_words import ending, near
from loaders.extract.lists import rows

_BROUGHT_FORTH = ending("brought forth", after="[^，。；]{0,12}")
_JOINT_ATTRIBUTE = near("joint attribute", 0, before="(?:合作|对接|协同|联合|融合|双元)?")
_NAMES_A_THING = re.compile(
    r"^(?![建共开组参]|创建|设立|打造|新建|成立|扩建|筹建|牵头)[一-鿿]{0,5}?(?:中心|平台|基地|学院|联盟|网络|系统|工作坊|工作组|招生点|模型|能力框架|政策|债券|骨干)"
)
_AS_RESOURCE = near("as resource", 0)  # 技术技能人才培养规律, 师资共享
_NUMBER_OF = near("number of", 0)
_LOCATED = re.compile(r"在[^，。；]{2,40}的$")  # 在人口较多的乡镇设立…
_POSSESSED = re.compile(r"^(?:（[^）]{1,8}）)?(?:及)?(?:网络|实践)?(?:工作室|工作站|流动站|规模)")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a group stands: its clause, and whether it ends its coordination or stands in none."""

    clause: Clause
    is_last: bool
    is_alone: bool


@cache
def _uses() -> dict[str, str]:
    """When forms count that are often no actor: listed, level, person, brought."""
    return {row["form"]: row["use"] for row in rows("weak_group_forms")}


def is_argument(form: str, rule: str, stands: Standing, *, kind: str) -> bool:
    """Whether a group of that form, found by that rule, is meant as actor where it stands."""
    use = "brought" if rule == "group-phrase" else _uses().get(form)
    clause = stands.clause
    left, right = left_use(clause.left), right_use(clause.right)
    if stands.is_last and (
        right == "thing" or (stands.is_alone and (_NAMES_A_THING.match(clause.right) or _NUMBER_OF.match(clause.right)))
    ):
        return False
    if use in ("listed", "level"):
        return _is_weak_argument(use, right, stands)
    if rule == "group-phrase" and kind == "government" and right == "state":  # 东部地区不少于三个
        return False
    if use == "brought" and rule != "group-phrase" and _AS_RESOURCE.match(clause.right):
        return False
    if use == "brought":
        return (left is not None or right is not None) and not _BROUGHT_FORTH.search(clause.left)
    if rule == "group-abbreviation" and _JOINT_ATTRIBUTE.match(clause.right):
        return False
    return not (stands.is_last and _is_possessor(clause))


def _is_weak_argument(use: str, right: str | None, stands: Standing) -> bool:
    """Forms that count beside other actors only, or, if they name a level of government, before a verb, too."""
    if use == "level" and _LOCATED.search(stands.clause.left):
        return False
    if stands.is_alone:
        return use == "level" and right in ("act", "join", "give", "state")
    if stands.is_last and use == "level" and stands.clause.right.startswith("教育"):
        return False
    return not (stands.is_last and _is_possessor(stands.clause))


def _is_possessor(clause: Clause) -> bool:
    return _POSSESSED.match(clause.right) is not None or (clause.left.endswith("在") and clause.right[:1] == "的")

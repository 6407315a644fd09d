"""When a place takes part in a measure, and in which role: as one who acts, is joined, or is helped."""

import re

from loaders.extract.actor_roles import Clause, Role, left_use, right_use

_COUNTED = re.compile(
    r"^(?:等)?(?:[两三四五六七八九十\d]+个?)?(?:(?![一-鿿]?(?:中心|主城|老城|城区|建成))[一-鿿]{0,3}(?:省|市|县|区|地|市县|县区))?"
    r"(?=[要应须需可每各负牵率先开创探建])"
)
_MODAL = re.compile(
    "要|应|须|需|负责|做好|承担(?!的)|配合|牵头|率先|先行|可(?![持再])|[各均](?=[一-鿿])|每(?:[天日周月年]|季度|半年)"
)
_JOINTLY = re.compile("共同|联合|合作|协同|携手|联手")
_ALONG = re.compile("(?:沿[江河海湖边线]|[东中西南北]部|山区|库区|沿线|周边)?")
_URGED = re.compile("(?:支持|鼓励|引导|推动|指导|要求)$")
_HELPED = re.compile("(?:帮扶|支援|援建|援助|援[疆藏青]?)$")
_AFTER_PARTY = re.compile(r"[、，。；和与及]|等|的[^，。；]{0,12}?(?:合作|协作|协同|对接|联系|交流|互认|互通|联动)|各")


def role_of_place(clause: Clause, *, is_joined: bool) -> tuple[Role, str] | None:
    """A place that has to do something leads like its government; one that is joined is a partner; None if neither.

    `is_joined`: the list that it stands in has two sides, A 与 B.
    """
    if is_joined or left_use(clause.left) in ("with", "by") or _act_together(clause):
        return "partner", "place-party"
    if _HELPED.search(clause.left):
        return "beneficiary", "place-helped"
    return ("lead", "place-acts") if _acts(clause) else None


def is_party(clause: Clause) -> bool:
    """A place takes part if a word of joining stands before it and no noun of its own after it, or if it acts."""
    if _acts(clause) or _act_together(clause):
        return True
    if left_use(clause.left) not in ("with", "by") and not _HELPED.search(clause.left):
        return False
    return (
        not clause.right
        or _AFTER_PARTY.match(clause.right) is not None
        or right_use(clause.right) in ("act", "join", "give", "judge")
    )


def _act_together(clause: Clause) -> bool:
    """Whether places at the head of a clause do something together: 云州、澄湖联合实施."""
    return not clause.left and _JOINTLY.match(_COUNTED.sub("", clause.right)) is not None


def _acts(clause: Clause) -> bool:
    """Whether a place is who acts: 云州、澄湖两市要…, 支持云州县开展…, but not 在云州县开展…."""
    right = _COUNTED.sub("", clause.right)
    if left_use(clause.left) == "urge":
        return right_use(right) in ("act", "join") and _URGED.search(clause.left) is not None
    return _ALONG.fullmatch(clause.left) is not None and _MODAL.match(right) is not None

"""Names of schools by their ending: a proper word right before a long ending that only names of schools have."""

import re

from loaders.names.lexicon import lexicon
from loaders.names.ranges import Matcher, Range
from loaders.names.shapes import Shapes, alternatives

_ENDING = (
    "中等职业技术学校|职业中等专业学校|中等专业学校|职业技术学院|职业技术大学|职业技术学校|职业学院|技师学院|职业高级中学|"
    "高级技工学校|职业教育园区|职业教育园|职教园区|职教园|高等专科学校|广播电视大学|开放大学|医学高等专科学校"
)
_NAME = re.compile(
    f"(?:^|(?<=[，。；、：:“‘（(《\n\t和与及由在]))[\u4e00-\u9fff—–-]{{2,8}}?(?:{_ENDING})(?![\u4e00-\u9fff]?[群生化])"
)
_JOINING = re.compile("[\u4e00-\u9fff]*(?:联合|依托|支持|委托|会同|对接)")
_AFTER_COLLEGE = "城生路们籍化"
_LEADING_VERB = re.compile(f"(?:(?!经济|经贸|经营|经管)(?:{alternatives('swallowed_verbs', 'leading_particles')}))+")


class SchoolNames:
    """Finds registered colleges, and schools by their ending."""

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes
        self._colleges = Matcher(lexicon().colleges)

    def registered(self, text: str) -> list[Range]:
        """Names of registered colleges that are not part of a longer word (温州大学城, 浙江大学生)."""
        return [
            (start, end)
            for start, end in self._colleges.ranges(text)
            if not text[end : end + 1] or text[end] not in _AFTER_COLLEGE
        ]

    def by_ending(self, text: str) -> list[Range]:
        """Schools with a proper word before their ending."""
        found: list[Range] = []
        for match in _NAME.finditer(text):
            start, end = match.span()
            verbs = _LEADING_VERB.match(text, start, end)
            start = verbs.end() if verbs else start
            joining = _JOINING.match(text, start, end)
            start = joining.end() if joining else start
            if self._shapes.is_organization(text[start:end]) and not self._has_modifiers_only(text[start:end]):
                found.append((start, end))
        return found

    def _has_modifiers_only(self, name: str) -> bool:
        ending = re.search(f"(?:{_ENDING})$", name)
        before = name[: ending.start()] if ending else name
        return len(before) < 2 or self._shapes.is_modifier(before)

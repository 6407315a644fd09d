"""Whether a string that the network took for a name is shaped like one: kinds, projects and swallowed verbs are not."""

import re
from functools import cache

from loaders.names.lexicon import Lexicon, lexicon
from loaders.names.wordlists import words


def alternatives(*names: str) -> str:
    """The entries of word lists as alternatives of a regular expression, longest first."""
    entries = frozenset[str]().union(*(words(name) for name in names))
    return "|".join(re.escape(entry) for entry in sorted(entries, key=lambda entry: (-len(entry), entry)))


_SENTENCE_MARK = re.compile(
    "[。！？；\n\t]|转发|印发|关于|(?:民|公|主|承|协|举|联|合|创|开|申|兴|筹)办$|^以.{1,3}[建办评促带育强兴治]|”[做推促抓]|^(?:十九|二十大|三中|四中|五中|六中)"
)
_OF_GOVERNMENT = ("局", "厅", "委", "政府", "管委会", "委员会", "政府办公室")
_SCHOOL_OF_A_PLACE = re.compile("(?:第[一二三四五六]|市|县|区)?(?:职业)?中等(?:职业|专业|职业技术)学校")
_PROPER_BEGINNING = "经济|经贸|经营|经管|如意|如家|如新|同济|同仁|同德|同方|和睦|和平|对外经|向阳|创新创业"
_PROPER = re.compile("[\u4e00-\u9fff]{2,8}")
_TECHNICAL_SCHOOL = re.compile("(?:技术(?:学院|学校|大学)|专业学校)$")
_BRACKETS = re.compile("[（）()]")
_COUNTED = re.compile("(?:^|的)(?:[一二两三四五六七八九十百数多几\\d]+|若干)[余多]?(?:所|家|个|支|座|处|类|批)")
_AREA_FOR_A_USE = re.compile("(?:林|牧|矿|景|库|灌|湖|老|农|渔|猎|禁|封禁保护|水源保护)区$")
_LEVEL_AFTER_PLACE = re.compile("(中职|高职|职业|高等|中小|民办|公办|高|院)(学校|校)$|院校$")


class Shapes:
    """Tests on the form of a name, by the closed lists."""

    def __init__(self, known: Lexicon) -> None:
        self._lexicon = known
        self.places = known.places
        self._longest_place = max(map(len, self.places))
        self._accepted = known.known | known.central
        self._endings = tuple(words("organization_endings"))
        self._modifiers, self._heads = words("generic_modifiers"), words("generic_heads")
        self._longest_head = max(map(len, self._heads))
        self._modifier_sizes = sorted({len(modifier) for modifier in self._modifiers})
        self._departments = {stem for stem in known.stems if stem.endswith(_OF_GOVERNMENT)}  # without their place
        degree, verb = alternatives("swallowed_degrees"), alternatives("swallowed_verbs")
        self._swallowed = re.compile(f"^(?:(?!{_PROPER_BEGINNING})(?:{degree})?(?:{verb}))+(?=.{{3,}})")
        self._particles = re.compile(f"^(?:{alternatives('leading_particles')})+")
        self._topic = re.compile(f"(?:{alternatives('topic_endings')})$|{alternatives('topic_words')}")
        levels = alternatives("school_levels")
        self._school_of_a_level = re.compile(
            f"(?P<before>.{{0,8}}?)(?:{levels})(?:职业|技术|特色|高职|中职|优质|强)*(?:院校|学校|高校|大学|学院)"
        )
        zones = alternatives("zones")
        self._zone_without_place = re.compile(f"(?:国家级?|省级)?(?:{zones})")
        self._place_ending = re.compile(f"(?:{alternatives('place_endings')})$|{alternatives('place_words')}")

    def is_place(self, word: str) -> bool:
        """Whether it is a registered place or country, or ends like a place."""
        if len(word) < 2 or self._zone_without_place.fullmatch(word):
            return False
        if word in self.places or word in self._lexicon.countries:
            return True
        return len(word) >= 3 and self._place_ending.search(word) is not None and not self._is_kind_of_area(word)

    def _is_kind_of_area(self, word: str) -> bool:
        """Whether it is an area for a use (沙地封禁保护区, 林区) without a place of its own at its head."""
        return _AREA_FOR_A_USE.search(word) is not None and not self.leading_place(word)

    def is_organization(self, word: str) -> bool:
        """Whether it is a known body, or a specific name that ends like a body."""
        if len(word) < 2:
            return False
        if word in self._accepted:
            return True
        if word in self._departments or word in words("fields"):
            return False
        if word not in self._lexicon.colleges:
            if _SENTENCE_MARK.search(word) or self._topic.search(word) or _COUNTED.search(word):
                return False
            if self._is_school_of_a_place(word):
                return True
            if (
                self.is_generic(self._particles.sub("", word))
                or self.is_generic(_BRACKETS.sub("", word))
                or self._is_kind_in_place(word)
            ):
                return False
            if self._is_school_of_a_level(word):
                return False
        return word.endswith(self._endings)

    def swallowed(self, word: str) -> int:
        """Number of characters of verbs and particles in front of the name."""
        match = self._swallowed.match(word)
        return match.end() if match and not self.leading_place(word) else 0

    def leading_place(self, word: str) -> int:
        """Length of the longest registered place that it starts with, or 0."""
        sizes = range(min(len(word), self._longest_place), 1, -1)
        return next((size for size in sizes if word[:size] in self.places), 0)

    def is_generic(self, word: str) -> bool:
        """Whether it is a head of a kind with nothing but modifiers before it (各高职院校).

        Linear in the word, where a regular expression could take exponential time.
        """
        reached = {0}
        for i in range(len(word)):
            if i in reached:
                if len(word) - i <= self._longest_head and word[i:] in self._heads:
                    return True
                reached |= {i + size for size in self._modifier_sizes if word[i : i + size] in self._modifiers}
        return False

    def is_modifier(self, word: str) -> bool:
        """Whether it is made of words that do not make a name specific."""
        return self.is_generic(word + "学校")

    def is_topic(self, word: str) -> bool:
        """Whether it ends like a project, idea or activity."""
        return self._topic.search(word) is not None

    def _is_school_of_a_level(self, word: str) -> bool:
        """Whether it is a kind of school by level (全市优质中职学校), with nothing proper before the level."""
        match = self._school_of_a_level.fullmatch(word)
        if match is None or _TECHNICAL_SCHOOL.search(word):
            return False
        before = match["before"]
        return len(before) < 2 or before in self.places or self.is_modifier(before) or not _PROPER.fullmatch(before)

    def _is_school_of_a_place(self, word: str) -> bool:
        """Whether it is a place with the ending of one school (青山中等专业学校, but not 青山职业学校)."""
        return _SCHOOL_OF_A_PLACE.fullmatch(word[self.leading_place(word) :]) is not None and word[:2] in self.places

    def _is_kind_in_place(self, word: str) -> bool:
        """Whether it is a kind of school in a place (温州高职院校), or a place alone."""
        size = self.leading_place(word)
        kind = word[size:]
        if not size:
            return False
        return not kind or bool(self.is_generic(kind) and _LEVEL_AFTER_PLACE.search(kind))


@cache
def shapes() -> Shapes:
    """The tests by the lists that the package carries."""
    return Shapes(lexicon())

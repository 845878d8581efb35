"""Words that tell a citation number from any other number."""

LABELS = frozenset(
    "figure fig table tab box page pages part step phase stage grade type level week day group class visit version "
    "room no number nos p pp vol volume chapter section appendix ext tel".split()
)
"""Words that call for a number of their own: "type 2", "Table1", "week3"."""

TIME_LABELS = frozenset(("day", "week"))
"""Labels that are more often plain words: "day 3" but "twice a day"."""

DETERMINERS = frozenset(
    "a an the all each every per this that same next last first second third fourth fifth final whole one another "
    "any single your my our his her their its either both".split()
)
"""Words before a label that make it a plain word: "every day", "at each visit"."""

SHORT_LABELS = frozenset("no nos p pp fig tab vol vols ch sec ext tel approx ca cf vs v c".split())
"""Labels and the like that are written with a full stop: "No.5", "pp.6"."""

_NEVER_LAST = frozenset(
    "a an the and or nor of at by to from for until till since than per via between during as with into is are was "
    "were has have had approximately roughly nearly almost aged number exactly least every".split()
)
"""Words that no sentence ends on: a number behind them is text."""

_SELDOM_LAST = frozenset(
    "in on before after within without about around over under above below through only another some next age "
    "but".split()
)
"""Words that end a sentence now and then: a number alone on the next line is text all the same."""

NUMBER_WORDS = frozenset("one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty".split())

KNOWN_NAMES = frozenset(
    "covid sars omega nav cav kav piezo orai mp hba spo alpha beta gamma delta kappa lambda sigma cox factor "
    "interleukin caspase interferon cyclin connexin claudin aquaporin keratin laminin galectin histone endothelin "
    "neurokinin angiopoietin cytokeratin neuregulin sirtuin presenilin orexin notch smad frizzled toll mucin titin "
    "pcsk brca".split()
)
"""Names that carry a number and may be written in small letters or with one capital."""

_UNITS = frozenset(
    "mm cm dm km nm µm μm m s ft yd in sec secs min mins kg g mg mcg µg μg ml dl l mmol mol mmhg hz khz kcal kj cal iu "
    "hrs hr bpm rpm kpa".split()
)
_LENGTHS = frozenset("mm cm dm km nm µm μm ft yd kg mg ml".split())


def last_word(text: str, end: int) -> str:
    """The word that ends at an offset, apostrophes inside it included; "" if none does."""
    start = end
    while start > 0 and (text[start - 1].isalpha() or (text[start - 1] in "'’" and start < end)):
        start -= 1
    return text[start:end].lstrip("'’")


def is_unit(text: str, end: int) -> bool:
    """Whether a unit of measurement ends at an offset: "12 mm", "m/s"; "s" alone is none."""
    word = last_word(text, end)
    if (word if len(word) == 1 else word.lower()) not in _UNITS:
        return False
    before = text[max(0, end - len(word) - 12) : end - len(word)].rstrip()
    return (len(word) == 2 and word.lower() in _LENGTHS) or before.endswith("/") or before[-1:].isdigit()


def is_length(text: str, end: int) -> bool:
    """Whether a unit of length, or of time behind a slash, ends at an offset: what is squared or cubed."""
    word = last_word(text, end)
    before = text[max(0, end - len(word) - 12) : end - len(word)].rstrip()
    if word in ("s", "sec", "min"):
        return before.endswith("/")
    if word in ("in", "ft", "yd"):
        return before[-1:].isdigit() or before.endswith("/")
    return word in ("mm", "cm", "dm", "m", "km", "nm", "µm", "μm")


def calls_for_number(text: str, end: int, *, always: bool = False) -> bool:
    """Whether the word that ends at an offset, white space skipped, calls for a number: "type", "until".

    always: leave out the words that may also be the last of a sentence: "before", "in".
    """
    while end > 0 and text[end - 1].isspace():
        end -= 1
    if text[end - 1 : end] == ".":
        end -= 1
        return last_word(text, end).lower() in SHORT_LABELS
    word = last_word(text, end).lower()
    return word in LABELS or word in _NEVER_LAST or (not always and word in _SELDOM_LAST)

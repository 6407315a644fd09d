"""Words in lines that people read."""


def numbered(number: int, one: str, many: str = "") -> str:
    """The number and what it counts: “1 batch”, “1,200 batches”; `many` is needed where it is not `one` with an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"

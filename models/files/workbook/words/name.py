"""A name in both languages."""

from __future__ import annotations

from collections.abc import Iterable

from liftplan.models.messages import Message, language


class Name(Message):
    """What something is called in English and in Chinese; a message that needs no catalogue."""

    zh: str

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        object.__setattr__(self, "zh", zh)

    @property
    def en(self) -> str:
        """The English name."""
        return self.template

    def text(self, language_: str = "") -> str:
        """The name in a language (`en`, `zh`; "" = the current one)."""
        return self.zh if (language_ or language()) == "zh" else self.en


def listed(names: Iterable[Name]) -> Name:
    """Names, one after the other."""
    names = list(names)
    return Name(", ".join(name.en for name in names), "、".join(name.zh for name in names))

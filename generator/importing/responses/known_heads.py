"""What the columns of a survey are called in files of answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...model import Survey
from ...survey import AnswerColumn, columns
from ...survey.headers import google_headers, key, option_labels, screen_labels

SEPARATORS = "/.->|~\\›→"
"""What may stand between the names of groups, a question and an option."""

MAX_HEADER = 2_000
"""So many characters of a header are looked at."""

MAX_TAILS = 24
"""So many separators of a header, from its end, are looked at."""


class KnownHeads:
    """The columns of a survey, by whatever a header may call them.

    Codes, titles of a Google Form, and the words of the questions; codes and words also behind
    the names of groups. Everything is compared by ``survey.headers.key``.
    """

    def __init__(self, survey: Survey) -> None:
        self.columns: dict[str, AnswerColumn] = {column.code: column for column in columns(survey)}
        self.google = {key(title): code for title, code in google_headers(survey).items()}
        self.labels = {code: option_labels(column) for code, column in self.columns.items()}
        self._codes = {key(code): code for code in self.columns}
        self._words: dict[str, tuple[str, ...]] = {}
        for code, words in screen_labels(survey).items():
            self._words[key(words)] = (*self._words.get(key(words), ()), code)
        self._options: dict[str, Mapping[str, str]] = {
            code: {
                key(text): option for option, label in labels.items() for text in (label, option)
            }
            for code, labels in self.labels.items()
            if self.columns[code].kind == "many"
        }
        self._ticked = {text for options in self._options.values() for text in options}

    def codes(self, header: str) -> tuple[str, ...]:
        """The columns that a header may name: none, one, or several whose words are alike."""
        text = key(header)[:MAX_HEADER]
        for found in (self._codes.get(text), self.google.get(text)):
            if found is not None:
                return (found,)
        if text in self._words:
            return self._words[text]
        # The longest name is the one that is meant: shorter ones may be the end of it.
        for tail in _tails(text):
            if tail in self._codes:
                return (self._codes[tail],)
            if tail in self._words:
                return self._words[tail]
        return ()

    def tick(self, header: str) -> tuple[str, str] | None:
        """The column and the option that a header names."""
        text = key(header)[:MAX_HEADER]
        if text in self._codes or text in self.google:
            return None
        for tail in _tails(text):
            if tail not in self._ticked:
                continue
            codes = self.codes(text[: -len(tail)].rstrip().rstrip(SEPARATORS))
            for code in codes if len(codes) == 1 else ():
                option = self._options.get(code, {}).get(tail)
                if option is not None:
                    return code, option
        return None


def _tails(text: str) -> Iterator[str]:
    """What follows a separator, the longest first."""
    places = [place for place, sign in enumerate(text[:-1]) if sign in SEPARATORS]
    for place in places[-MAX_TAILS:]:
        tail = text[place + 1 :].lstrip()
        # ``2.1`` is a number, not the group 2 and its question 1.
        if tail and not (text[place] == "." and tail.isdecimal()):
            yield tail

"""Elements to which the same rules apply, below parents of one style, share their style.

The renderer shares them too, but not those of elements with attributes that are rules themselves
(``style``, ``lang``), and none of the pseudo-elements, of which each element has half a dozen that
nothing is ever drawn of. Here rules are laid over each other once for all elements that they apply
to in the same order.
"""

from __future__ import annotations

from math import inf
from typing import Any

from weasyprint import css
from weasyprint.css import StyleFor, declaration_precedence, preprocess_declarations

from .kept import Saving

TESTED = {"weasyprint": ("70.0",)}
saving = Saving()

_original = StyleFor.__init__
_OWN = ("style", "lang")
_NAMED = ("id", "name")
"""Attributes that are anchors: they are collected one by one."""


def apply() -> None:
    """Share what is computed."""
    StyleFor.__init__ = _init


def _init(
    styles: Any, html: Any, sheets: Any, hints: Any, font_config: Any, target_collector: Any
) -> None:
    if not saving.on or hints:
        _original(styles, html, sheets, hints, font_config, target_collector)
        return
    styles._cascaded_styles, styles._computed_styles = {}, {}
    styles.initial_page_sizes = {"box": None, "area": None}
    styles._sheets, styles.font_config = sheets, font_config
    own = _declared(html)
    _Cascade(styles, html, sheets, target_collector).compute(own)
    styles._cascaded_styles.clear()


def _declared(html: Any) -> dict[Any, list[Any]]:
    """The declarations of elements' own attributes, those of equal attributes being the same."""
    found: dict[Any, list[Any]] = {}
    parsed: dict[Any, list[Any]] = {}
    for specificity, element, declarations, base_url in css.find_style_attributes(
        html.etree_element, False, html.base_url
    ):
        found.setdefault(element, []).append((specificity, tuple(declarations), base_url))
    for element, groups in found.items():
        said = tuple(element.get(name) for name in (*_OWN, *_NAMED)), element.tag == _SVG
        if said not in parsed or said[1]:
            parsed[said] = [
                (specificity, tuple(preprocess_declarations(base_url, declarations)))
                for specificity, declarations, base_url in groups
            ]
        found[element] = parsed[said]
    return found


_SVG = "{http://www.w3.org/2000/svg}svg"


class _Cascade:
    """The cascade of a document: rules by element, then styles."""

    def __init__(self, styles: Any, html: Any, sheets: Any, target_collector: Any) -> None:
        self._styles, self._html, self._sheets = styles, html, sheets
        self._collector = target_collector
        self._merged: dict[Any, dict[Any, Any]] = {}
        self._shared: dict[Any, Any] = {}

    def compute(self, own: dict[Any, list[Any]]) -> None:
        """Compute the style of each element, and of its pseudo-elements after all of them."""
        computed = self._styles._computed_styles
        pseudo: list[tuple[Any, Any, dict[str, Any]]] = []
        for wrapper in self._html.wrapper_element.iter_subtree():
            element = wrapper.etree_element
            parent = wrapper.parent.etree_element if wrapper.parent else None
            merged = self._rules(wrapper, own.get(element, []))
            named = any(element.get(name) for name in _NAMED)
            self._style(computed, element, None, parent, merged.get(None, {}), named)
            pseudo += [(element, kind, rules) for kind, rules in merged.items() if kind]
        for element, kind, rules in pseudo:
            self._style(computed, element, kind, element, rules, False)

    def _rules(self, wrapper: Any, own: list[Any]) -> dict[Any, dict[str, Any]]:
        """The rules that apply to an element and each of its pseudo-elements, one over another."""
        matched = [
            (sheet, origin, limit, sheet.matcher.match(wrapper))
            for sheet, origin, limit in self._sheets
        ]
        key = (
            id(own) if own else 0,
            tuple((id(sheet), tuple(rule[1] for rule in rules)) for sheet, _, _, rules in matched),
        )
        if key not in self._merged:
            self._merged[key] = _merged(own, matched)
        return self._merged[key]

    def _style(
        self, computed: Any, element: Any, kind: Any, parent: Any, rules: Any, named: bool
    ) -> None:
        key = (id(computed[parent, None]) if parent is not None else 0, kind, id(rules))
        if key in self._shared and not named:
            computed[element, kind] = self._shared[key]
            return
        self._styles._cascaded_styles[element, kind] = rules
        self._styles.set_computed_styles(
            element,
            pseudo_type=kind,
            root=self._html.etree_element,
            parent=parent,
            base_url=self._html.base_url,
            target_collector=self._collector,
        )
        self._shared[key] = computed[element, kind]


def _merged(own: list[Any], matched: list[Any]) -> dict[Any, dict[str, Any]]:
    """Rules laid over each other (CSS Cascading and Inheritance, 6.4), by pseudo-element."""
    merged: dict[Any, dict[str, Any]] = {None: {}}
    for specificity, declarations in own:
        _lay(merged[None], declarations, "author", inf, specificity)
    for sheet, origin, limit, rules in matched:
        for specificity, _, kind, (declarations, layer) in rules:
            order = inf if layer is None else sheet.layers.index(layer)
            _lay(merged.setdefault(kind, {}), declarations, origin, order, limit or specificity)
    return merged


def _lay(style: Any, declarations: Any, origin: str, order: Any, specificity: Any) -> None:
    for name, values, importance in declarations:
        weight = (declaration_precedence(origin, importance), order, specificity)
        old = style.get(name, (None, None))[1]
        if old is None or old <= weight:
            style[name] = values, weight

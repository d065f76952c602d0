"""Word files as an agency would have typed them, by python-docx and by hand: none of our templates.

Each form knows which text it typed in which place, so that an import can be measured cell by cell.
"""

from support.word_forms.forms import FORMS, made
from support.word_forms.measured import Measured, measure

__all__ = ["FORMS", "Measured", "made", "measure"]

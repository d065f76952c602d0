"""The fields that texts of ``wording.yaml`` may hold, and what each stands for."""

FIELDS = {
    "agency": "the agency's name",
    "unit": "the unit's name",
    "year": "the fiscal year (B.E.)",
    "start": "the fiscal year's first day",
    "end": "the fiscal year's last day",
    "rounds": "the rounds' names",
    "rounds.start": "the first round's first day",
    "rounds.end": "the last round's last day",
    "agreement": "the agency's word for the agreement",
    "assessor": "the agency's word for the assessor",
    "assessee": "the agency's word for the assessee",
    "assessor.name": "the assessors' names",
    "assessor.position": "the assessors' positions",
    "assessee.name": "the assessees' names",
    "assessee.position": "the assessees' positions",
}
"""The fields every text may hold."""

PARTY_FIELDS = {"name": "the signer's name", "position": "position", "role": "role", "date": "date"}
"""The further fields of ``party`` and ``signature``."""

GOALS_FIELDS = {"number": "the indicator's number", "name": "the indicator's name"}
"""The further fields of ``agreement: goals``."""

FRAMEWORK_FIELDS = {
    "number": "an indicator's number",
    "surveys": "the titles of its surveys",
    "level": "what units of a level are called",
}
"""The further fields of ``framework``."""

REPORT_FIELDS = {
    "round": "the round's name",
    "cutoff": "the day on which the round's figures are taken",
    "full": "the full mark",
    "count": "how many there are",
    "difference": "how a score differs from the one before",
    "score": "a score",
    "result": "a result",
    "date": "a day",
    "called": "what a row is, where results come row by row",
    "name": "the name of the indicator whose rows they are",
}
"""The further fields of ``report`` and ``summary``."""

CHART_FIELDS = {
    "weight": "a weight",
    "target": "a project's target, with its measure",
    "measure": "what a count row counts",
}
"""The further fields of ``chart``."""

SURVEY_REPORT_FIELDS = {
    "round": "the round's name",
    "cutoff": "the day on which the round's figures are taken",
    "n": "how many respondents",
    "minimum": "the least number of respondents",
    "population": "how many people there are to be asked",
    "error": "the error that Yamane's sample size allows",
    "sample": "Yamane's sample size",
    "least": "the least mean of a band",
    "meaning": "the word for a mean of a band",
    "definition": "how a percentage is worked out",
    "full": "the full mark of a grid's scale",
}
"""The further fields of ``survey: report``."""

PERSONAL_FIELDS = {
    "parent": "the name of the unit that the person belongs to",
    "number": "the round's number: 1 is the year's first",
    "round": "the round's name",
    "cutoff": "the day on which the round's figures are taken",
    "from": "the round's first day",
    "to": "the round's last day",
}
"""The further fields of ``personal``."""

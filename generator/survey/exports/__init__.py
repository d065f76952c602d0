"""A questionnaire for the screen: the forms and tables of others that ask the same questions."""

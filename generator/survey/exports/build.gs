// Builds the questionnaire above as a Google Form. How to use it: open script.google.com, make a
// new project, paste this file over what is there, choose buildForm and run it. The log says
// where the form is. Don't change titles: they say what the answers belong to.

var ADD = {
  page: function (form, item) {
    return form.addPageBreakItem();
  },
  section: function (form, item) {
    return form.addSectionHeaderItem();
  },
  one: function (form, item) {
    return form.addMultipleChoiceItem().setChoiceValues(item.options);
  },
  many: function (form, item) {
    return form.addCheckboxItem().setChoiceValues(item.options);
  },
  grid: function (form, item) {
    var added = form.addGridItem().setRows(item.rows).setColumns(item.columns);
    if (!item.each) {
      return added;
    }
    var validation = FormApp.createGridValidation().requireLimitOneResponsePerColumn().build();
    return added.setValidation(validation);
  },
  scale: function (form, item) {
    var added = form.addScaleItem().setBounds(item.least, item.most);
    return item.ends[0] ? added.setLabels(item.ends[0], item.ends[1]) : added;
  },
  number: function (form, item) {
    var validation = FormApp.createTextValidation()
      .setHelpText(item.message)
      .requireNumberBetween(item.least, item.most)
      .build();
    return form.addTextItem().setValidation(validation);
  },
  text: function (form, item) {
    return form.addTextItem();
  },
  paragraph: function (form, item) {
    return form.addParagraphTextItem();
  },
};

function buildForm() {
  var form = FormApp.create(SURVEY.title);
  form.setTitle(SURVEY.title).setDescription(SURVEY.description).setProgressBar(true);
  if (SURVEY.thanks) {
    form.setConfirmationMessage(SURVEY.thanks);
  }
  SURVEY.items.forEach(function (item) {
    var added = ADD[item.kind](form, item).setTitle(item.title);
    if (item.help) {
      added.setHelpText(item.help);
    }
    if (item.required) {
      added.setRequired(true);
    }
  });
  Logger.log("edit: " + form.getEditUrl());
  Logger.log("answer: " + form.getPublishedUrl());
}

"""Files to model and back: YAML with places, merging, CSV, names, a document's source."""

"""gen: official performance-agreement documents from one YAML file a unit."""

__version__ = "0.1.0"

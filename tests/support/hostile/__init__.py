"""Hostile inputs, the arena they run in, and what none may do there."""

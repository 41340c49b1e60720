"""Drills: what an operator hopes never to need, done with real servers and timed. `make drills` runs them all."""

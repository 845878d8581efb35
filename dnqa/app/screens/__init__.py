"""The desk, and what opens over it, one screen a module."""

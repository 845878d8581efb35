"""The version of dnqa; an index knows it without importing what stands above."""

VERSION = "0.1.0"

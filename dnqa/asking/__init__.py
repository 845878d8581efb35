"""The way of a question to its answer or refusal, and how well that goes.

`answering` is the way from top to bottom. The steps: `named` (a citation number or a heading that is named), `query`
(spelling, synonyms, weights), `ranking`, `coverage`, and `deciding`, which alone answers or refuses.
"""

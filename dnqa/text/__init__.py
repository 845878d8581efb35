"""Text as such: characters, words, terms and files. Nothing here knows of a corpus, a question or an answer."""

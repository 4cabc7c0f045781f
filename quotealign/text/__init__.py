"""What any text is made of: characters, paragraphs, sentences, words, subwords, edits. Knows no quotation."""

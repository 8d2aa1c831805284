-- letters(words): what is left of a text without diacritics, case, spaces and signs, with i for y. Texts that differ in
-- spelling only (catalogue.text.spelling_key) have the same letters; texts with the same letters may differ in more.
create or replace macro letters(words) as
regexp_replace(translate(lower(strip_accents(words)), 'đy', 'di'), '[^\p{L}\p{N}]', '', 'g');

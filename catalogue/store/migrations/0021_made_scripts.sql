-- What the program made in the file last: digests of the texts of its views and guards, and of the guards as the engine holds
-- them. Where all three still stand, opening makes none of them anew.
create table made_scripts (
    id integer primary key check (id = 1),
    views varchar not null,
    guards varchar not null,
    held varchar not null
);

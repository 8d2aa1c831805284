delete from level_ending

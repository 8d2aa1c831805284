-- When a revision was recorded.
select revision, recorded_at from revision where revision = $revision

-- Reads what has ended and is kept of a key, also where somebody loads it.
--
-- KEYS 1  entry   2  meta   3  tag table
-- Reply   {1, envelope} or {0} if there is none, or it was invalidated
--
-- Atomic, since entry, meta and tags are of one instant then. All keys carry the partition's hash tag.

local kept = kept_under(KEYS[1], state_of(KEYS[2]), KEYS[3])
return kept and {1, kept} or {0}

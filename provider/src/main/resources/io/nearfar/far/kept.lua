-- Reads what has ended and is kept of a key, also where somebody loads it.
--
-- KEYS 1  entry   2  meta   3  tag table
-- ARGV 4  'any' if the caller takes an envelope of any length
-- Reply   {1, envelope, its end} or {0} if there is none, or it was invalidated; in the place of an envelope that is too long
--         for a reply the 16 bytes of the version of what lies under the key: it can be read in pieces, which may not know yet
--         that it has ended
--
-- Atomic, since entry, meta and tags are of one instant then. All keys carry the partition's hash tag.

local kept = kept_under(KEYS[1], state_of(KEYS[2]), KEYS[3])
if kept and #kept > LONGEST_TOLD and ARGV[4] ~= 'any' then
  return {1, version_of(redis.call('GETRANGE', KEYS[1], 0, 17)), number(kept, 27)}
end
return kept and {1, kept, number(kept, 27)} or {0}

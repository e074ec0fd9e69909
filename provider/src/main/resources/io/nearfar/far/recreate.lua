-- Puts the meta of a cache in its place after it was lost, and declares dead what the partition holds of the cache,
-- so that nodes with copies agree with the far tier.
--
-- KEYS 1  meta   2  chain
-- ARGV 4  channel   5  name of the cache, as a message carries it
-- Reply   {1, stamp} recreated, {0} it is there
--
-- Atomic, since two that find it missing must clear once, and a write in between must survive. Both keys carry the
-- partition's hash tag.

if cleared_at(KEYS[1]) then
  return {0}
end
return {1, recreate(KEYS[1], KEYS[2], ARGV[4], ARGV[5])}

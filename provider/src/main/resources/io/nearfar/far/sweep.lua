-- Deletes what is dead and still takes up room: entries at or below the stamp of the last clear, or without a meta.
--
-- KEYS 1  meta   2  chain   3 and on  entries of that cache in the same partition
-- ARGV 4  channel   5  name of the cache, as a message carries it
--      6  1 if the cache was destroyed: then its meta is gone on purpose, and everybody was told
-- Reply   {number of entries deleted}
--
-- Atomic, since a key that was dead when it was found may have been written since. A lost meta is put in its place
-- first, for nodes may hold copies of what is deleted; it begins with DEL, so that a full server accepts the rest.
-- Else no stamp and no message: nothing that anybody can see changes. All keys carry the partition's hash tag.

local cleared = cleared_at(KEYS[1])
if not cleared and ARGV[6] ~= '1' then
  redis.call('DEL', KEYS[1])
  recreate(KEYS[1], KEYS[2], ARGV[4], ARGV[5])
end
local deleted = 0
for k = 3, #KEYS do
  local found = cleared and redis.pcall('GETRANGE', KEYS[k], 0, 9)
  local ours = type(found) == 'string' and #found == 10 and string.byte(found) == 1
  if not cleared or (ours and number(found, 3) <= cleared) then
    deleted = deleted + redis.call('UNLINK', KEYS[k])
  end
end
return {deleted}

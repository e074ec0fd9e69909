-- Deletes what is dead: entries at or below the stamp of the last clear, or without a meta, that still take up room.
--
-- KEYS 1  meta   2 and on  entries of that cache in the same partition
-- Reply   {number of entries deleted}
--
-- Atomic, since a key that was dead when it was found may have been written since. No stamp and no message: nothing
-- that anybody can see changes. All keys carry the partition's hash tag.

local cleared = cleared_at(KEYS[1])
local deleted = 0
for k = 2, #KEYS do
  local found = cleared and redis.pcall('GETRANGE', KEYS[k], 0, 9)
  local ours = type(found) == 'string' and #found == 10 and string.byte(found) == 1
  if not cleared or (ours and number(found, 3) <= cleared) then
    deleted = deleted + redis.call('UNLINK', KEYS[k])
  end
end
return {deleted}

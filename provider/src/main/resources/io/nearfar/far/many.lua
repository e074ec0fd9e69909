-- What changes of many keys have in common, behind prelude.lua: where the partitions are looked up, and what is replied.
--
-- KEYS    meta and chain of each partition, then the tag tables of all of them, then for each key: entry, and the lock on the key
--         if the condition is a version
-- ARGV 5  how many partitions
-- Reply   {0, server time, for each key in 18 bytes, big endian: status, existed, stamp, expiration; twice the number of entries met
--         that are told; for each of them: which key's it is, from 0, and the entry; then, if the caller's node listens for that, for
--         each entry that has ended and is told now: which key's it is, and the entry}

local partitions = tonumber(ARGV[5])
local k, a = 3 * partitions + 1, 6
local rows, mets, endings = {}, {}, {}

-- All at once, since each call of a command costs as much as the command. Of what is no text nothing is found.
local looked_up = redis.call('MGET', unpack(KEYS, 1, 2 * partitions))

-- Chain and tag table of a partition, what its meta says, or nil if it is missing, and its last write.
local function partition(p)
  return KEYS[2 * p], KEYS[2 * partitions + p], state_in(looked_up[2 * p - 1]), last_in(looked_up[2 * p])
end

-- Whether somebody has locked the key at hand, whose lock is named if the condition is a version.
local function is_locked(condition)
  if #condition ~= 16 then
    return false
  end
  k = k + 1
  return holder(KEYS[k - 1])
end

-- Notes an entry that has ended, if there is one, for the key at hand.
local function ended(entry)
  if entry then
    endings[#endings + 1], endings[#endings + 2] = #rows, entry
  end
end

-- Notes what became of the key at hand.
local function told_of(status, existed, stamp, expires, met)
  if met then
    mets[#mets + 1], mets[#mets + 2] = #rows, met
  end
  rows[#rows + 1] = struct.pack('>bBI8I8', status, existed and 1 or 0, stamp, expires)
end

local function all_told()
  local reply = {0, now, table.concat(rows), #mets}
  for _, parts in ipairs({mets, endings}) do
    for _, part in ipairs(parts) do
      reply[#reply + 1] = part
    end
  end
  return reply
end

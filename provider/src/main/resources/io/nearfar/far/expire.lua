-- Tells, once over all nodes, of entries that were read after their end.
--
-- KEYS    for each partition: meta, tag table, then its entries
-- ARGV 4  name of the cache, as a message carries it
--         for each partition: channel, number of entries, then for each: the version that was read, 16 bytes, and the text of
--         the key as a message carries it
-- Reply   {0, then for each entry: 1 it has ended and this call has told it | 0 it has changed, was told before, or nobody is to
--         be told of its end}
--
-- What was told goes, unless it is in its grace: then it is told no more. Atomic, since of many that read an entry after its end
-- one alone may tell it, and a write in between must stay. No stamp and no message to the near tiers: by the server's clock it is
-- over, and nobody serves a copy of it. All keys of a partition carry its hash tag; on a cluster a call names one partition only.

local k, a = 1, 5
local reply = {0}

local function expire(key, version, channel, names, state, ledger)
  local _, over = header(key, state, ledger)
  if not over or version_of(over) ~= version or not is_untold(key, over, state, ledger) then
    return 0
  end
  expecting.own = false -- the caller has read it
  bury(key, over, state, ledger, channel, names)
  return 1
end

while a <= #ARGV do
  local state, ledger = state_of(KEYS[k]), KEYS[k + 1]
  local channel, count = ARGV[a], tonumber(ARGV[a + 1])
  k, a = k + 2, a + 2
  for _ = 1, count do
    reply[#reply + 1] = expire(KEYS[k], ARGV[a], channel, ARGV[4] .. ARGV[a + 1], state, ledger)
    k, a = k + 1, a + 2
  end
end
return reply

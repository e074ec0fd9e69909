-- Removes many entries, each if a condition holds of its key, partition by partition.
--
-- KEYS    for each partition: meta, chain, tag table, then for each key: entry, and the lock on the key if the condition is a
--         version
-- ARGV 4  name of the cache, as a message carries it
--         for each partition: channel, number of keys, then for each key: condition, 1 if the entry met is wanted, text
--         of the key as a message carries it (all as in remove.lua)
-- Reply   {0, server time, then for each key: status, existed, stamp, 0, met, then, if the caller's node listens for that, for
--         each entry that has ended and is told now: which key's it is, from 0, and the entry} with the statuses of remove.lua and
--         -2 for a key that somebody else has locked. The status of a key is -4, and nothing changed there, where the entry
--         met would be told and is longer than 1 MiB
--
-- Atomic for each key, as remove.lua is; one message for each partition names all its keys that changed, which therefore
-- share one version. All keys of a partition carry its hash tag; on a cluster a call names one partition only.

local k, a = 1, 5
local reply, endings, keys = {0, now}, {}, 0

while a <= #ARGV do
  local chain, ledger = KEYS[k + 1], KEYS[k + 2]
  local channel, count = ARGV[a], tonumber(ARGV[a + 1])
  local state = state_of(KEYS[k])
  local last = last_write(chain)
  local stamp = stamp_over(last, state)
  local texts = {ARGV[4]}
  k, a = k + 3, a + 2
  for _ = 1, count do
    local key, condition = KEYS[k], ARGV[a]
    local status, existed, removed, met = -2, false, 0, false
    local locked = false
    k = k + 1
    if #condition == 16 then
      locked = holder(KEYS[k])
      k = k + 1
    end
    if not locked then
      local before, over = header(key, state, ledger)
      existed = before ~= nil and not is_placeholder(before)
      local held = holds(condition, before)
      local telling = existed and (held and ARGV[a + 1] == '1' or not held and condition ~= 'present')
      if telling and is_withheld(key, before) then
        status = -4
      else
        met = telling and redis.call('GET', key)
        local ended = (held and bury_before or bury)(key, over, state, ledger, channel, ARGV[4] .. ARGV[a + 2])
        if ended then
          endings[#endings + 1], endings[#endings + 2] = keys, ended
        end
        status = 0
        if held then
          local gone = heard_before(key, existed and before, true)
          redis.call('DEL', key)
          if audience and existed then
            tell_audience(channel, REMOVED, stamp, ARGV[4] .. ARGV[a + 2], nil, gone)
          end
          texts[#texts + 1] = ARGV[a + 2]
          status, removed = 2, stamp
        end
      end
    end
    a, keys = a + 3, keys + 1
    local r = #reply
    reply[r + 1], reply[r + 2], reply[r + 3], reply[r + 4], reply[r + 5] =
      status, existed and 1 or 0, removed, 0, met
  end
  if #texts > 1 then
    record(chain, channel, last, stamp, ENTRIES, table.concat(texts))
  end
end
for _, part in ipairs(endings) do
  reply[#reply + 1] = part
end
return reply

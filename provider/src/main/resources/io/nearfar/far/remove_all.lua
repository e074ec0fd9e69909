-- Removes many entries, each if a condition holds of its key, partition by partition.
--
-- KEYS    as in write_all.lua
-- ARGV 4  name of the cache, as a message carries it
-- ARGV 5  how many partitions
--         for each partition: channel, number of keys, then for each key: how it is removed, and the text of the key as a message
--         carries it. How is nothing if it is as for the key before, else in one byte 1 if the entry met is wanted, and the
--         condition (all as in remove.lua)
-- Reply   as many.lua says, with the statuses of remove.lua, -2 for a key that somebody else has locked, and 0 as the expiration. The
--         status of a key is -4, and nothing changed there, where the entry met would be told and is longer than 1 MiB
--
-- Atomic for each key, as remove.lua is; one message for each partition names all its keys that changed, which therefore
-- share one version. All keys of a partition carry its hash tag; on a cluster a call names one partition only.

-- How the key at hand is removed.
local condition, wanted

for p = 1, partitions do
  local chain, ledger, state, last = partition(p)
  local channel, count = ARGV[a], tonumber(ARGV[a + 1])
  local stamp = stamp_over(last, state)
  local texts = {ARGV[4]}
  a = a + 2
  for _ = 1, count do
    local key, how, text = KEYS[k], ARGV[a], ARGV[a + 1]
    local status, existed, removed, met = -2, false, 0, false
    k, a = k + 1, a + 2
    if how ~= '' then
      wanted, condition = string.byte(how) == 1, string.sub(how, 2)
    end
    if not is_locked(condition) then
      local before, over = header(key, state, ledger)
      existed = before ~= nil and not is_placeholder(before)
      local held = holds(condition, before)
      local telling = existed and (held and wanted or not held and condition ~= 'present')
      if telling and is_withheld(key, before) then
        status = -4
      else
        met = telling and redis.call('GET', key)
        ended((held and bury_before or bury)(key, over, state, ledger, channel, ARGV[4] .. text))
        status = 0
        if held then
          local gone = heard_before(key, existed and before, true)
          redis.call('DEL', key)
          if audience and existed then
            tell_audience(channel, REMOVED, stamp, ARGV[4] .. text, nil, gone)
          end
          texts[#texts + 1] = text
          status, removed = 2, stamp
        end
      end
    end
    told_of(status, existed, removed, 0, met)
  end
  if #texts > 1 then
    record(chain, channel, last, stamp, ENTRIES, table.concat(texts))
  end
end
return all_told()

-- Writes many entries, each if a condition holds of its key, partition by partition.
--
-- KEYS    for each partition: meta, chain, tag table, then for each key: entry, and the lock on the key if the condition is a
--         version
-- ARGV 4  name of the cache, as a message carries it
--         for each partition: channel, number of keys, then for each key: condition, lifetime on create, lifetime on
--         update, 1 if the entry met is wanted, text of the key as a message carries it, the envelope's first two bytes,
--         what follows the script's part, the stamp for its tags (all as in write.lua)
-- Reply   {0, server time, then for each key: status, existed, stamp, expires, met, then, if the caller's node listens for that,
--         for each entry that has ended and is told now: which key's it is, from 0, and the entry} with the statuses of write.lua
--         and -2 for a key that somebody else has locked; a written entry's creation is the server time. The status of a key
--         is -4, and nothing changed there, where the entry met would be told and is longer than 1 MiB
--
-- Atomic for each key, as write.lua is; one message for each partition names all its keys that changed, which therefore
-- share one version. All keys of a partition carry its hash tag; on a cluster a call names one partition only.

local k, a = 1, 5
local reply, endings, keys, r = {0, now}, {}, 0, 2

-- Whether keys may be the plain case, which is written without the functions: nobody listens.
local plain = not audience and not expecting

-- Writes one key as the function below does, at less cost, if it is the plain case: the write is unconditional, the entry met is
-- not wanted, no tag is in question, and the entry has a lifetime and no grace. Returns whether a live entry was there, and the
-- expiration; nothing if it is another case: then nothing has changed.
local function write_plain(key, at, state, version)
  local since = ARGV[at + 7]
  if ARGV[at] ~= 'always' or string.byte(ARGV[at + 5], 2) >= 128 or (since ~= '0' and tonumber(since) <= state.tagged) then
    return
  end
  local head, existed, expires = redis.pcall('GETRANGE', key, '0', '33'), false, 0
  if type(head) ~= 'string' then
    return
  elseif #head == 34 then
    local form, flags, stamp, nonce, _, ends = struct.unpack('>BBI8c8I8I8', head)
    if form == 1 and stamp > state.cleared and (ends == 0 or ends > now) then
      existed, expires = flags % 2 == 0, ends
      if
        stamp <= state.tagged and math.floor(flags / 4) % 2 == 1
        or existed and (nonce == ARGV[2] or ARGV[at + 3] == '1')
      then
        return
      end
    end
  end
  local lifetime = existed and ARGV[at + 2] or ARGV[at + 1]
  if lifetime == '0' then
    return
  elseif lifetime == '-1' then
    expires = 0
  elseif lifetime ~= '-2' then
    expires = now + lifetime * 1000
  end
  local entry = ARGV[at + 5] .. version .. struct.pack('>I8I8', now, expires) .. ARGV[at + 6]
  if expires == 0 then
    redis.call('SET', key, entry)
  elseif lifetime == '-2' then
    redis.call('SET', key, entry)
    redis.call('PEXPIREAT', key, math.ceil(expires / 1000))
  else
    redis.call('SET', key, entry, 'PX', lifetime)
  end
  return existed, expires
end

local function write(key, condition, channel, stamp, state, ledger, text_at)
  local before, over = header(key, state, ledger)
  local existed = before ~= nil and not is_placeholder(before)
  if existed and nonce_of(before) == ARGV[2] then
    return 1, condition ~= 'absent', number(before, 3), number(before, 27), false, false
  end
  local held = holds(condition, before)
  local telling = existed and (held and ARGV[text_at - 1] == '1' or not held and condition ~= 'present')
  if telling and is_withheld(key, before) then
    return -4, true, 0, 0, false, false
  end
  local met = telling and redis.call('GET', key)
  local ended = (held and bury_before or bury)(key, over, state, ledger, channel, ARGV[4] .. ARGV[text_at])
  if ended then
    endings[#endings + 1], endings[#endings + 2] = keys, ended
  end
  if not held then
    return 0, existed, 0, 0, met, false
  end
  local head, tail = ARGV[text_at + 1], ARGV[text_at + 2]
  local given = existed and ARGV[text_at - 2] or ARGV[text_at - 3]
  local lifetime = lifetime_since(ARGV[text_at + 3], given, head, tail, nil, state, ledger)
  local replaced = heard_before(key, existed and before, false)
  local status, created, expires = 2, 0, 0
  if lifetime == '0' then
    drop(key, lifetime ~= given, state, ledger)
  else
    status, created, expires = 1, now, store(key, head, stamp, lifetime, before, tail)
  end
  if audience and lifetime == given and (existed or status == 1) then
    local kind = existed and (status == 1 and UPDATED or UPDATED_AND_EXPIRED) or CREATED
    local after = heard_after(head, stamp, created, expires, tail)
    tell_audience(channel, kind, stamp, ARGV[4] .. ARGV[text_at], after, replaced)
  end
  return status, existed, stamp, expires, met, true
end

while a <= #ARGV do
  local meta, chain, ledger = KEYS[k], KEYS[k + 1], KEYS[k + 2]
  local channel, count = ARGV[a], tonumber(ARGV[a + 1])
  local state = state_of(meta)
  if not state then
    state = {cleared = recreate(meta, chain, channel, ARGV[4]), tagged = 0, floor = 0}
  end
  local last = last_write(chain)
  local stamp = stamp_over(last, state)
  local version, texts = packed(stamp) .. ARGV[2], {ARGV[4]}
  k, a = k + 3, a + 2
  for _ = 1, count do
    local key, at = KEYS[k], a
    local status, written, met, changed = 1, stamp, false, true
    local existed, expires
    k, a = k + 1, a + 8
    if plain then
      existed, expires = write_plain(key, at, state, version)
    end
    if not expires then
      local locked = false
      if #ARGV[at] == 16 then
        locked = holder(KEYS[k])
        k = k + 1
      end
      if locked then
        status, written, expires, changed = -2, 0, 0, false
      else
        status, existed, written, expires, met, changed = write(key, ARGV[at], channel, stamp, state, ledger, at + 4)
      end
    end
    if changed then
      texts[#texts + 1] = ARGV[at + 4]
    end
    reply[r + 1], reply[r + 2], reply[r + 3], reply[r + 4], reply[r + 5] = status, existed and 1 or 0, written, expires, met
    keys, r = keys + 1, r + 5
  end
  if #texts > 1 then
    record(chain, channel, last, stamp, ENTRIES, table.concat(texts))
  end
end
for _, part in ipairs(endings) do
  reply[#reply + 1] = part
end
return reply

-- Writes many entries, each if a condition holds of its key, partition by partition.
--
-- KEYS    meta and chain of each partition, then the tag tables of all of them, then for each key: entry, and the lock on the key
--         if the condition is a version
-- ARGV 4  name of the cache, as a message carries it
-- ARGV 5  how many partitions
--         for each partition: channel, number of keys, then for each key: how it is written, text of the key as a message carries
--         it, and what follows the script's part. How is nothing if it is as for the key before, else in 8 bytes each, big
--         endian: lifetime on create, lifetime on update, the stamp for its tags; in one byte 1 if the entry met is wanted; the
--         envelope's first two bytes; and the condition (all as in write.lua)
-- Reply   as many.lua says, with the statuses of write.lua and -2 for a key that somebody else has locked; a written entry's
--         creation is the server time. The status of a key is -4, and nothing changed there, where the entry met would be told and is
--         longer than 1 MiB
--
-- Atomic for each key, as write.lua is; one message for each partition names all its keys that changed, which therefore
-- share one version. All keys of a partition carry its hash tag; on a cluster a call names one partition only.

-- How the key at hand is written.
local condition, on_create, on_update, since, wanted, head

-- Whether keys may be the plain case, which is written without the functions: nobody listens.
local plain = not audience and not expecting

-- Writes one key as the function below does, at less cost, if it is the plain case: the write is unconditional, the entry met is
-- not wanted, no tag is in question, and the entry has a lifetime and no grace. Returns whether a live entry was there, and the
-- expiration; nothing if it is another case: then nothing has changed.
local function write_plain(key, tail, state, version)
  if condition ~= 'always' or string.byte(head, 2) >= 128 or (since ~= 0 and since <= state.tagged) then
    return
  end
  local before, existed, expires = redis.pcall('GETRANGE', key, '0', '33'), false, 0
  if type(before) ~= 'string' then
    return
  elseif #before == 34 then
    local form, flags, stamp, nonce, _, ends = struct.unpack('>BBI8c8I8I8', before)
    if form == 1 and stamp > state.cleared and (ends == 0 or ends > now) then
      existed, expires = flags % 2 == 0, ends
      if
        stamp <= state.tagged and math.floor(flags / 4) % 2 == 1
        or existed and (nonce == ARGV[2] or wanted)
      then
        return
      end
    end
  end
  local lifetime = existed and on_update or on_create
  if lifetime == 0 then
    return
  elseif lifetime == -1 then
    expires = 0
  elseif lifetime ~= -2 then
    expires = now + lifetime * 1000
  end
  local entry = head .. version .. struct.pack('>I8I8', now, expires) .. tail
  if expires == 0 then
    redis.call('SET', key, entry)
  elseif lifetime == -2 then
    redis.call('SET', key, entry)
    redis.call('PEXPIREAT', key, math.ceil(expires / 1000))
  else
    redis.call('SET', key, entry, 'PX', lifetime)
  end
  return existed, expires
end

local function write(key, channel, stamp, state, ledger, text, tail)
  local before, over = header(key, state, ledger)
  local existed = before ~= nil and not is_placeholder(before)
  if existed and nonce_of(before) == ARGV[2] then
    return 1, condition ~= 'absent', number(before, 3), number(before, 27), false, false
  end
  local held = holds(condition, before)
  local telling = existed and (held and wanted or not held and condition ~= 'present')
  if telling and is_withheld(key, before) then
    return -4, true, 0, 0, false, false
  end
  local met = telling and redis.call('GET', key)
  ended((held and bury_before or bury)(key, over, state, ledger, channel, ARGV[4] .. text))
  if not held then
    return 0, existed, 0, 0, met, false
  end
  local given = string.format('%.0f', existed and on_update or on_create)
  local lifetime = lifetime_since(since, given, head, tail, nil, state, ledger)
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
    tell_audience(channel, kind, stamp, ARGV[4] .. text, after, replaced)
  end
  return status, existed, stamp, expires, met, true
end

for p = 1, partitions do
  local chain, ledger, state, last = partition(p)
  local channel, count = ARGV[a], tonumber(ARGV[a + 1])
  if not state then
    state = {cleared = recreate(KEYS[2 * p - 1], chain, channel, ARGV[4]), tagged = 0, floor = 0}
    last = last_write(chain)
  end
  local stamp = stamp_over(last, state)
  local version, texts = packed(stamp) .. ARGV[2], {ARGV[4]}
  a = a + 2
  for _ = 1, count do
    local key, how, text, tail = KEYS[k], ARGV[a], ARGV[a + 1], ARGV[a + 2]
    local status, written, met, changed = 1, stamp, false, true
    local existed, expires
    k, a = k + 1, a + 3
    if how ~= '' then
      local want
      on_create, on_update, since, want, head = struct.unpack('>i8i8I8Bc2', how)
      wanted, condition = want == 1, string.sub(how, 28)
    end
    if plain then
      existed, expires = write_plain(key, tail, state, version)
    end
    if not expires then
      if is_locked(condition) then
        status, written, expires, changed = -2, 0, 0, false
      else
        status, existed, written, expires, met, changed = write(key, channel, stamp, state, ledger, text, tail)
      end
    end
    if changed then
      texts[#texts + 1] = text
    end
    told_of(status, existed, written, expires, met)
  end
  if #texts > 1 then
    record(chain, channel, last, stamp, ENTRIES, table.concat(texts))
  end
end
return all_told()

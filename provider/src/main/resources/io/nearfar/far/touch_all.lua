-- Lets many entries of one cache live longer, each unless its key has changed or it lives that long already.
--
-- KEYS    for each partition: meta, tag table, then its entries
-- ARGV    from 4 on, for each partition: number of entries, then for each: the version that was read, 16 bytes, and the
--         new expiration, server time in microseconds, 0 for none
-- Reply   {0, then for each entry: 1 it lives until then or longer | 0 the key has changed}
--
-- Atomic for each entry, since another write between the look and the change would be given a lifetime that is not its
-- own. It only ever moves an expiration back, so that it does not matter in which order the nodes' calls come. No stamp
-- and no message: nobody's copy becomes untrue. PEXPIREAT and PERSIST come before SETRANGE, so that a full server accepts
-- it. All keys of a partition carry its hash tag; on a cluster a call names one partition only.

local function extend(key, state, ledger, version, expires)
  local before = header(key, state, ledger)
  if not before or is_placeholder(before) or version_of(before) ~= version then
    return 0
  end
  local ends = number(before, 27)
  if ends == 0 or (expires ~= 0 and expires <= ends) then
    return 1
  end
  if expires == 0 then
    redis.call('PERSIST', key)
  else
    redis.call('PEXPIREAT', key, kept_until(expires, rest_of(before, grace_under(key, before))))
    announce(key, before, expires)
  end
  redis.call('SETRANGE', key, 26, packed(expires))
  return 1
end

local k, a = 1, 4
local reply = {0}

while a <= #ARGV do
  local state, ledger = state_of(KEYS[k]), KEYS[k + 1]
  local count = tonumber(ARGV[a])
  k, a = k + 2, a + 1
  for _ = 1, count do
    reply[#reply + 1] = extend(KEYS[k], state, ledger, ARGV[a], tonumber(ARGV[a + 1]))
    k, a = k + 1, a + 2
  end
end
return reply

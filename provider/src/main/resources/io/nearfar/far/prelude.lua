-- What every script of the far tier begins with; it is put before the text of each.
--
-- ARGV 1  not-after: server time in microseconds; run later than that, a script changes nothing
--      2  nonce of the writer, 8 bytes
--      3  the command that publishes: PUBLISH, or SPUBLISH on a cluster of version 7 or later
-- Reply   {-1, server time} if it is too late
--
-- The layouts are those of Envelope (entries) and Wire (messages). A chain is stamp and nonce of the partition's
-- last write. A meta is a format byte, 1, then clearedAt, tagStamp and tagFloor, 8 bytes each. All big endian.

if redis.replicate_commands then
  redis.replicate_commands()
end

local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
if now > tonumber(ARGV[1]) then
  return {-1, now}
end

local ENTRIES, CLEAR = '\1', '\2'
local NOWHERE = string.rep('\0', 16)

local function packed(number)
  return struct.pack('>I8', number)
end

local function number(bytes, at)
  return (struct.unpack('>I8', bytes, at))
end

-- Stamp and nonce of the last write of a partition, 16 zeros if the chain is missing.
local function last_write(chain)
  local last = redis.pcall('GET', chain)
  if type(last) == 'string' and #last == 16 then
    return last
  end
  return NOWHERE
end

-- Also above the last clear of a cache, where that is given: if the chain was lost and the clock is behind, a write below
-- it would be dead at once.
local function stamp_after(last, cleared)
  return math.max(number(last, 1) + 1, now, (cleared or 0) + 1)
end

-- Makes stamp the last of the partition and tells everybody what was written.
local function record(chain, channel, last, stamp, kind, names)
  local version = packed(stamp) .. ARGV[2]
  redis.call('SET', chain, version)
  redis.call(ARGV[3], channel, '\1' .. kind .. last .. version .. names)
end

-- The stamp up to which all entries of the cache are dead, or nil if the meta is missing: then all are.
local function cleared_at(meta)
  local found = redis.pcall('GET', meta)
  if type(found) == 'string' and #found == 25 and string.byte(found) == 1 then
    return number(found, 2)
  end
  return nil
end

-- Puts a missing meta in its place; whatever the partition holds of the cache is dead from now on.
local function recreate(meta, chain, channel, cache)
  local last = last_write(chain)
  local stamp = stamp_after(last)
  redis.call('SET', meta, '\1' .. packed(stamp) .. NOWHERE)
  record(chain, channel, last, stamp, CLEAR, cache)
  return stamp
end

-- The first 34 bytes of what lives under a key, be it an entry or a placeholder, or nil.
local function header(key, cleared)
  local found = cleared and redis.pcall('GETRANGE', key, 0, 33)
  if type(found) ~= 'string' or #found ~= 34 or string.byte(found) ~= 1 then
    return nil
  end
  local expires = number(found, 27)
  if number(found, 3) <= cleared or (expires ~= 0 and expires <= now) then
    return nil
  end
  return found
end

local function is_placeholder(head)
  return string.byte(head, 2) % 2 == 1
end

local function version_of(head)
  return string.sub(head, 3, 18)
end

local function nonce_of(head)
  return string.sub(head, 11, 18)
end

-- The token of whoever holds the lock on a key, or false.
local function holder(lock)
  local token = redis.pcall('GET', lock)
  return type(token) == 'string' and token
end

-- Whether a condition holds of what a header stands for: always, absent, present, or 16 bytes of a version.
local function holds(condition, head)
  local exists = head ~= nil and not is_placeholder(head)
  if condition == 'always' then
    return true
  elseif condition == 'absent' then
    return not exists
  elseif condition == 'present' then
    return exists
  end
  return head ~= nil and version_of(head) == condition
end

-- Puts an uploaded value in an entry's place; the first bytes of it were left free.
local function take(upload, key, header, expires)
  redis.call('SETRANGE', upload, 0, header)
  redis.call('RENAME', upload, key)
  if expires == 0 then
    redis.call('PERSIST', key)
  else
    redis.call('PEXPIREAT', key, math.ceil(expires / 1000))
  end
end

-- Stores an envelope; returns its expiration. Lifetime: milliseconds, -1 eternal, -2 as the header before has it.
-- The value is the tail, or what was uploaded.
local function store(key, head, stamp, lifetime, before, tail, upload)
  local expires = 0
  if lifetime == '-2' then
    expires = number(before, 27)
  elseif lifetime ~= '-1' then
    expires = now + lifetime * 1000
  end
  local header = head .. packed(stamp) .. ARGV[2] .. packed(now) .. packed(expires)
  if upload then
    take(upload, key, header, expires)
    return expires
  end
  local value = header .. tail
  if expires == 0 then
    redis.call('SET', key, value)
  elseif lifetime == '-2' then
    redis.call('SET', key, value)
    redis.call('PEXPIREAT', key, math.ceil(expires / 1000))
  else
    redis.call('SET', key, value, 'PX', lifetime)
  end
  return expires
end

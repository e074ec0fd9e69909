-- What scripts of caches begin with, behind clock.lua. A script is given what it uses of it: all that begins with local at the
-- margin is left out where nobody names it, up to the next empty line.
--
-- ARGV 3  the command that publishes. Where somebody listens to the cache, there follow a line feed, a character, 8 bytes that
--         name the caller's node, and the channel of other nodes, or what of its name follows the hash tag, if it begins with a
--         colon. The character is 0 and as many further as add up: 1 other nodes listen, 2 one of them wants old values, 4 one of
--         them listens for what expires, 8 the caller's node does, 16 who does is told by the server when the time of an entry is
--         over, whether anybody reads it or not
--
-- The layouts are those of Envelope (entries) and Wire (messages). A chain is stamp and nonce of the partition's
-- last write. A meta is a format byte, 1, then clearedAt, tagStamp and tagFloor, 8 bytes each. A tag table is a hash
-- from tag to the stamp of its last invalidation, 8 bytes; if that was a soft one, which leaves what may answer in place
-- of loads that fail, the stamp of the last hard one and the instant at which it is to have ended entries follow, 24 bytes
-- together. Under the empty name the table repeats the meta's tagStamp and tagFloor. All big endian.

if redis.replicate_commands then
  redis.replicate_commands()
end

local ENTRIES, CLEAR, TAGS, PATTERN = '\1', '\2', '\3', '\4'
local MOST_TAGS = 64
local LONGEST_TOLD = 1048576
local NOWHERE = '\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0'

local CREATED, UPDATED, REMOVED, EXPIRED, UPDATED_AND_EXPIRED = '\1', '\2', '\3', '\4', '\5'
local LONGEST_HEARD = 65536

-- For so many milliseconds at least an entry lies under its key after its end, where somebody listens for what expires.
local REST = 60000

-- For so many milliseconds whoever changes a key tells again that the entry before has ended. The answer to the one who has met it,
-- or the message of that, can be slower than the news of what took its place; who knows of it already leaves it at that.
local ECHO = 2000

-- The command that publishes, who listens on other nodes, and who listens for what expires, each nil if nobody does.
local publish, audience, expecting = ARGV[3]
if #publish > 8 then
  local ends = string.find(publish, '\n', 1, true)
  local wishes = string.byte(publish, ends + 1) - 48
  local function are(wish)
    return math.floor(wishes / wish) % 2 == 1
  end
  if are(1) then
    audience = {
      wants_old = are(2),
      node = string.sub(publish, ends + 2, ends + 9),
      channel = string.sub(publish, ends + 10)
    }
  end
  if are(4) or are(8) then
    expecting = {others = are(4), own = are(8), hears_ends = are(16)}
  end
  publish = string.sub(publish, 1, ends - 1)
end

local function packed(value)
  return struct.pack('>I8', value)
end

local function number(bytes, at)
  return (struct.unpack('>I8', bytes, at))
end

-- Stamp and nonce of the last write that a chain tells, 16 zeros if it is missing.
local function last_in(chain)
  return type(chain) == 'string' and #chain == 16 and chain or NOWHERE
end

-- The same of the chain of a partition.
local function last_write(chain)
  return last_in(redis.pcall('GET', chain))
end

local function stamp_after(last)
  return math.max(number(last, 1) + 1, now)
end

-- Makes stamp the last of the partition and tells everybody what was written.
local function record(chain, channel, last, stamp, kind, names)
  local version = packed(stamp) .. ARGV[2]
  redis.call('SET', chain, version)
  redis.call(publish, channel, '\1' .. kind .. last .. version .. names)
end

-- What a meta tells, or nil if it is missing: then all entries of the cache are dead.
local function state_in(meta)
  if type(meta) == 'string' and #meta == 25 and string.byte(meta) == 1 then
    local cleared, tagged, floor = struct.unpack('>I8I8I8', meta, 2)
    return {cleared = cleared, tagged = tagged, floor = floor}
  end
  return nil
end

-- The same of the meta under a key.
local function state_of(meta)
  return state_in(redis.pcall('GET', meta))
end

-- The stamp up to which all entries of the cache are dead, or nil if the meta is missing: then all are.
local function cleared_at(meta)
  local state = state_of(meta)
  return state and state.cleared
end

-- The next stamp of a partition for a cache: also above its last clear and its last invalidation of tags, if the chain was
-- lost and the clock is behind. A write below a clear would be dead at once.
local function stamp_over(last, state)
  return math.max(stamp_after(last), state and math.max(state.cleared, state.tagged) + 1 or 0)
end

-- Puts a missing meta in its place, or one that is given up; whatever the partition holds of the cache is dead from now on.
local function recreate(meta, chain, channel, cache, state)
  local last = last_write(chain)
  local stamp = stamp_over(last, state)
  redis.call('SET', meta, '\1' .. packed(stamp) .. NOWHERE)
  record(chain, channel, last, stamp, CLEAR, cache)
  return stamp
end

local function is_tagged(head)
  return math.floor(string.byte(head, 2) / 4) % 2 == 1
end

-- The tags in bytes that begin with the length of what follows, or nil if that is garbage.
local function tags_in(bytes)
  local names, at = {}, 3
  local ends = #bytes > 2 and 2 + struct.unpack('>I2', bytes) or 0
  while at <= ends do
    local length = string.byte(bytes, at) or 0
    if length == 0 or at + length > math.min(ends, #bytes) or #names == MOST_TAGS then
      return nil
    end
    names[#names + 1] = string.sub(bytes, at + 1, at + length)
    at = at + 1 + length
  end
  return #names > 0 and names or nil
end

-- The tags of the entry under a key, which has some, or nil if they are garbage.
local function tags_under(key)
  local length = redis.call('GETRANGE', key, '38', '39')
  return #length == 2 and tags_in(redis.call('GETRANGE', key, '38', 39 + struct.unpack('>I2', length)))
end

-- What invalidations of the tags at that stamp or later mean to what carries them: nil if there was none; the instant in
-- microseconds at which they have ended it, if all were soft; 0 if it is dead, or may be: the table can be lost or trimmed.
local function outdated_at(tags, stamp, state, ledger)
  if not tags or stamp <= state.floor then
    return 0
  end
  local found = redis.pcall('HMGET', ledger, '', unpack(tags))
  if not found[1] or #found[1] ~= 16 or number(found[1], 1) ~= state.tagged then
    return 0
  end
  local ended = nil
  for i = 2, #found do
    local known = found[i]
    if known and #known ~= 8 and #known ~= 24 then
      return 0
    elseif known and number(known, 1) >= stamp then
      if #known == 8 or number(known, 9) >= stamp then
        return 0
      end
      ended = math.min(ended or now, number(known, 17))
    end
  end
  return ended
end

-- Whether one of the tags was invalidated at that stamp or later, or may have been.
local function is_outdated(tags, stamp, state, ledger)
  return outdated_at(tags, stamp, state, ledger) ~= nil
end

-- The lifetime of what is to be written: none if one of its tags was invalidated at that stamp or later; 0 for any time.
-- The tags are in the tail, or in what was uploaded.
local function lifetime_since(since, lifetime, head, tail, upload, state, ledger)
  local begun = tonumber(since or '0')
  if begun == 0 or not state or begun > state.tagged or not is_tagged(head) then
    return lifetime
  end
  local tags = upload and tags_under(upload) or tags_in(string.sub(tail, 5))
  return is_outdated(tags, begun, state, ledger) and '0' or lifetime
end

-- The first 34 bytes of what lives under a key, be it an entry or a placeholder, or nil; then those of what has ended there.
local function header(key, state, ledger)
  local found = state and redis.pcall('GETRANGE', key, '0', '33')
  if type(found) ~= 'string' or #found ~= 34 or string.byte(found) ~= 1 then
    return nil
  end
  local stamp, _, _, expires = struct.unpack('>I8I8I8I8', found, 3)
  if stamp <= state.cleared then
    return nil
  elseif expires ~= 0 and expires <= now then
    return nil, found
  end
  if stamp <= state.tagged and is_tagged(found) and is_outdated(tags_under(key), stamp, state, ledger) then
    return nil
  end
  return found
end

local function is_placeholder(head)
  return string.byte(head, 2) % 2 == 1
end

-- Whether a placeholder stands for no load, but for the knowledge that there is nothing to load.
local function is_absence(head)
  return string.byte(head, 2) % 2 == 1 and math.floor(string.byte(head, 2) / 64) % 2 == 1
end

-- Whether an entry is kept after its end, or a placeholder keeps one that has ended.
local function is_keeping(head)
  return string.byte(head, 2) >= 128
end

-- For how many milliseconds an entry is kept after its end; its attributes begin there in the bytes.
local function grace_in(head, bytes, at)
  if not is_keeping(head) or is_placeholder(head) then
    return 0
  end
  if is_tagged(head) then
    at = #bytes > at and at + 2 + struct.unpack('>I2', bytes, at) or #bytes
  end
  return #bytes >= at + 7 and number(bytes, at) or 0
end

-- The same of the entry under a key.
local function grace_under(key, head)
  if not is_keeping(head) then
    return 0
  end
  local length = is_tagged(head) and redis.call('GETRANGE', key, '38', '39') or ''
  local at = #length == 2 and 40 + struct.unpack('>I2', length) or 38
  local grace = redis.call('GETRANGE', key, at, at + 7)
  return #grace == 8 and number(grace, 1) or 0
end

-- The instant, in milliseconds, until which an entry is kept that ends then.
local function kept_until(expires, grace)
  return math.ceil(expires / 1000) + grace
end

-- For how many milliseconds an entry lies under its key after its end: its grace, and at least a rest if somebody listens for
-- what expires. It answers in neither, but where a load fails in its grace.
local function rest_of(head, grace)
  return expecting and not is_placeholder(head) and math.max(grace, REST) or grace
end

-- Has the server tell those who hear it when the time of an entry is over: beside the entry a key expires then, and whoever hears
-- that looks what has become of the entry. That a full server takes none fails no write.
local function announce(key, head, expires)
  if expecting and expecting.hears_ends and expires ~= 0 and not is_placeholder(head) then
    local beside = string.gsub(key, '}:e:', '}:x:', 1)
    redis.pcall('SET', beside, '', 'PX', math.max(1, math.ceil((expires - now) / 1000) + 1))
  end
end

-- An entry with that end in the place of its own.
local function ending(entry, expires)
  return string.sub(entry, 1, 26) .. packed(expires) .. string.sub(entry, 35)
end

-- The entry that has ended and is kept under a key, or in the placeholder there, for loads that fail, and the instant in
-- milliseconds until which it is; nil if there is none, or if it was invalidated. Where soft invalidations of its tags have
-- ended it, that is its end.
local function kept_under(key, state, ledger)
  local head = state and redis.pcall('GETRANGE', key, '0', '1')
  if type(head) ~= 'string' or #head ~= 2 or string.byte(head) ~= 1 or not is_keeping(head) then
    return nil
  end
  local entry = redis.call('GET', key)
  if is_placeholder(head) then
    entry = string.sub(entry, 39)
  end
  if #entry < 38 or string.byte(entry) ~= 1 then
    return nil
  end
  local stamp, expires, grace = number(entry, 3), number(entry, 27), grace_in(entry, entry, 39)
  if stamp <= state.cleared or grace == 0 then
    return nil
  end
  local outdated = nil
  if stamp <= state.tagged and is_tagged(entry) then
    outdated = outdated_at(tags_in(string.sub(entry, 39, 39 + MOST_TAGS * 257)), stamp, state, ledger)
  end
  if outdated == 0 then
    return nil
  elseif outdated and (expires == 0 or outdated < expires) then
    expires = outdated
    entry = ending(entry, expires)
  end
  if expires == 0 or expires > now or expires + grace * 1000 <= now then
    return nil
  end
  return entry, kept_until(expires, grace)
end

-- Removes what lies under a key; of what was to take its place, and a tag has ended, nothing else is known: then what the
-- key keeps for loads that fail stays. Begins with DEL, so that a full server accepts the rest.
local function drop(key, outdated, state, ledger)
  local kept, till
  if outdated then
    kept, till = kept_under(key, state, ledger)
  end
  redis.call('DEL', key)
  if kept then
    redis.call('SET', key, kept)
    redis.call('PEXPIREAT', key, till)
  end
end

local function version_of(head)
  return string.sub(head, 3, 18)
end

local function nonce_of(head)
  return string.sub(head, 11, 18)
end

-- Whether a header is of a version of 16 bytes; of one with a stamp of 0 its nonce counts alone, for who has got no answer
-- knows no more.
local function is_of(head, version)
  local any = string.sub(version, 1, 8) == string.rep('\0', 8)
  return version_of(head) == version or (any and nonce_of(head) == string.sub(version, 9))
end

-- Whether an entry is too long for a reply, behind which others wait, and not what the caller knows already: 16 bytes of the
-- version of an entry that it has read, or 'any' if it takes one of any length.
local function is_withheld(key, head, known)
  return known ~= 'any' and known ~= version_of(head) and redis.call('STRLEN', key) > LONGEST_TOLD
end

-- An entry as a reply brings it: whole, or the 16 bytes of its version if the caller knows it.
local function told(key, head, known)
  return known == version_of(head) and known or redis.call('GET', key)
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
local function take(upload, key, head, header, expires)
  redis.call('SETRANGE', upload, 0, header)
  redis.call('RENAME', upload, key)
  if expires == 0 then
    redis.call('PERSIST', key)
  else
    redis.call('PEXPIREAT', key, kept_until(expires, rest_of(head, grace_under(key, head))))
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
  local header = head .. packed(stamp) .. ARGV[2] .. struct.pack('>I8I8', now, expires)
  if upload then
    take(upload, key, head, header, expires)
    announce(key, head, expires)
    return expires
  end
  local value, rest = header .. tail, rest_of(head, grace_in(head, tail, 5))
  if expires == 0 then
    redis.call('SET', key, value)
  elseif lifetime == '-2' or rest > 0 then
    redis.call('SET', key, value)
    redis.call('PEXPIREAT', key, kept_until(expires, rest))
  else
    redis.call('SET', key, value, 'PX', lifetime)
  end
  announce(key, head, expires)
  return expires
end

-- A part of a message to those who listen: 0 for nothing, 2 for what is too long, 1 with a length before what is there.
local function heard_part(bytes)
  if bytes == nil then
    return '\0'
  elseif not bytes or #bytes > LONGEST_HEARD then
    return '\2'
  end
  return '\1' .. struct.pack('>I4', #bytes) .. bytes
end

-- The entry under a key before a change, if those who listen want to know it, or if it alone tells the key of what goes; nil if
-- not, false if it is too long for a message.
local function heard_before(key, head, goes)
  if not audience or not head or not (audience.wants_old or (goes and math.floor(string.byte(head, 2) / 2) % 2 == 1)) then
    return nil
  end
  if redis.call('STRLEN', key) > LONGEST_HEARD then
    return false
  end
  return redis.call('GET', key)
end

-- The entry that a write has stored, or would have, for those who listen; false if it is too long for a message.
local function heard_after(head, stamp, created, expires, tail, upload)
  if upload or #tail > LONGEST_HEARD then
    return false
  end
  return head .. packed(stamp) .. ARGV[2] .. packed(created) .. packed(expires) .. tail
end

-- Tells those who listen on other nodes what became of an entry. That nobody may publish there fails no write.
local function tell_audience(channel, kind, stamp, names, after, before)
  local to = audience.channel
  if string.sub(to, 1, 1) == ':' then
    to = string.match(channel, '^{.-}') .. to
  end
  local parts = heard_part(after) .. heard_part(before)
  redis.pcall(publish, to, '\1' .. kind .. audience.node .. packed(stamp) .. ARGV[2] .. names .. parts)
end

-- Whether nobody was told that an entry has ended, whose first 34 bytes these are, and somebody would want to be. One that an
-- invalidation has ended is not told: then its stamp is no earlier than its end. Neither is one that was told and lies there for
-- its grace: its creation is its end then.
local function is_untold(key, head, state, ledger)
  local stamp = number(head, 3)
  if not expecting or is_placeholder(head) or number(head, 27) <= math.max(stamp, number(head, 19)) then
    return false
  end
  return stamp > state.tagged or not is_tagged(head) or not is_outdated(tags_under(key), stamp, state, ledger)
end

-- Tells other nodes that an entry has ended.
local function tell_end(entry, heard, channel, names)
  if audience and expecting.others then
    tell_audience(channel, EXPIRED, math.max(number(entry, 3) + 1, number(entry, 27)), names, nil, heard)
  end
end

-- Where the last entry of a key lies for a moment after it was told that it has ended.
local function echo_of(key)
  return (string.gsub(key, '}:e:', '}:o:', 1))
end

-- Tells that an entry has ended, if somebody listens for that and nobody was told, and lets it go, unless it is in its grace.
-- Returns it if the caller's node listens, or nil, and whether it was told; one that is too long for a reply is nil to that.
local function bury(key, head, state, ledger, channel, names)
  if not head or not is_untold(key, head, state, ledger) then
    return nil, false
  end
  local expires, grace = number(head, 27), grace_under(key, head)
  local heard = expecting.others and heard_before(key, head, true)
  local longest = expecting.own and LONGEST_TOLD or LONGEST_HEARD
  local entry = redis.call('STRLEN', key) <= longest and redis.call('GET', key)
  if expires + grace * 1000 > now then
    redis.call('PEXPIREAT', key, kept_until(expires, grace)) -- first, so that a full server accepts the rest
    redis.call('SETRANGE', key, 18, packed(expires))
  else
    redis.call('DEL', key)
  end
  if entry and #entry <= LONGEST_HEARD then
    redis.pcall('SET', echo_of(key), entry, 'PX', ECHO)
  end
  tell_end(head, heard, channel, names)
  return expecting.own and entry or nil, true
end

-- The same, for what changes the key, which is told of next: of an entry whose end was told a moment ago, it is told again.
local function bury_before(key, head, state, ledger, channel, names)
  local ended, is_told = bury(key, head, state, ledger, channel, names)
  if is_told or not expecting or not state then
    return ended
  end
  local entry = redis.pcall('GET', echo_of(key))
  if type(entry) ~= 'string' or #entry < 38 or string.byte(entry) ~= 1 or number(entry, 3) <= state.cleared then
    return nil
  end
  local wanted = audience and (audience.wants_old or math.floor(string.byte(entry, 2) / 2) % 2 == 1)
  tell_end(entry, wanted and entry or nil, channel, names)
  return expecting.own and entry or nil
end

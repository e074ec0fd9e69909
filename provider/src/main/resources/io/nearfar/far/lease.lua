-- Asks for the right to load a missing entry.
--
-- KEYS 1  entry   2  meta   3  chain   4  tag table
-- ARGV 4  channel
--      5  name of the cache and 6 text of the key, as a message carries them
--      7  milliseconds until the right ends
--      8  the placeholder's first two bytes and 9 what follows the script's part
--     10  16 bytes of the version of what the caller cannot read, or empty: an entry counts as missing then, and what answers
--         while nobody is to load keeps nobody from loading
--     11  'any' if the caller takes an envelope of any length; else, in the place of one that is too long for a reply, come
--         the 16 bytes of the version of what lies under the key: it can be read in pieces
-- Reply   {1, stamp, envelope or nothing} granted: a placeholder with that stamp and the caller's nonce stands in the
--         entry's place, and keeps the entry that has ended and may answer if the load fails; a fourth part is an entry that has
--         ended and is told now, if the caller's node listens for that
--         {0, milliseconds until that ends, 16 bytes of the placeholder's version} somebody else loads
--         {2, envelope, stamp} a live entry is there; every invalidation of tags so far is below the stamp, every later one
--         is not
--         {3, 16 bytes of its version, stamp} it is known that there is nothing to load; the stamp likewise
--         {4, envelope, 16 bytes of a version, stamp} a load has failed a moment ago: this, which has ended, answers in its
--         place; the version is that of what says so
--
-- Atomic, since of two that find nothing one alone may load. The placeholder's stamp is above every write so far; any
-- later write, removal or clear voids it; tags are looked at when its result is written. In the place of nothing it does
-- not move the chain, for nothing was written; so its stamp is no later than that of the next write, whose server's clock
-- may be behind. In the place of an entry, of which others may hold copies, it is told like a write. What has ended and is
-- kept stays inside the placeholder, so that whatever voids the one ends the other, and a node that dies takes nothing along;
-- the placeholder's checksum speaks of a plain one. All keys carry the partition's hash tag.

local state = state_of(KEYS[2])
local before, over = header(KEYS[1], state, KEYS[4])

-- Above every invalidation of tags so far.
local function asked()
  return math.max(number(last_write(KEYS[3]), 1), state.tagged) + 1
end

-- An entry as the reply brings it, of what lies under the key in that version.
local function brought(entry, version)
  return entry and #entry > LONGEST_TOLD and ARGV[11] ~= 'any' and version or entry
end

-- A placeholder's first two bytes, if it keeps an entry.
local function keeping(head)
  return string.sub(head, 1, 1) .. string.char(string.byte(head, 2) + 128)
end

if before and is_absence(before) and not is_keeping(before) then
  return {3, version_of(before), asked()}
end
if before and is_placeholder(before) and not is_absence(before) and nonce_of(before) ~= ARGV[2] then
  return {0, math.ceil((number(before, 27) - now) / 1000), version_of(before)}
end

local ended = bury(KEYS[1], over, state, KEYS[4], ARGV[4], ARGV[5] .. ARGV[6])
local kept, kept_until_millis
if not before or is_placeholder(before) then
  kept, kept_until_millis = kept_under(KEYS[1], state, KEYS[4])
end
if before and is_absence(before) then
  if kept and version_of(before) ~= ARGV[10] then
    return {4, brought(kept, version_of(before)), version_of(before), asked()}
  end
  before = nil
elseif before and is_placeholder(before) then
  return {1, number(before, 3), brought(kept, version_of(before))}
end
if before and version_of(before) ~= ARGV[10] then
  local withheld = is_withheld(KEYS[1], before, ARGV[11])
  return {2, withheld and version_of(before) or redis.call('GET', KEYS[1]), asked()}
end

local dead = state and math.max(state.cleared, state.tagged) or recreate(KEYS[2], KEYS[3], ARGV[4], ARGV[5])
local last = last_write(KEYS[3])
local stamp = math.max(before and stamp_after(last) or number(last, 1) + 1, dead + 1)
if kept then
  local ends = store(KEYS[1], keeping(ARGV[8]), stamp, ARGV[7], nil, ARGV[9] .. kept)
  redis.call('PEXPIREAT', KEYS[1], math.max(math.ceil(ends / 1000), kept_until_millis))
else
  store(KEYS[1], ARGV[8], stamp, ARGV[7], nil, ARGV[9])
end
if before then
  record(KEYS[3], ARGV[4], last, stamp, ENTRIES, ARGV[5] .. ARGV[6])
end
kept = brought(kept, packed(stamp) .. ARGV[2])
return ended and {1, stamp, kept or false, ended} or {1, stamp, kept}

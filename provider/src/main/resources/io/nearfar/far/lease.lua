-- Asks for the right to load a missing entry.
--
-- KEYS 1  entry   2  meta   3  chain   4  tag table
-- ARGV 4  channel
--      5  name of the cache and 6 text of the key, as a message carries them
--      7  milliseconds until the right ends
--      8  the placeholder's first two bytes and 9 what follows the script's part
--     10  16 bytes of the version of an entry that counts as missing, for the caller cannot read it, or empty
-- Reply   {1, stamp} granted: a placeholder with that stamp and the caller's nonce stands in the entry's place
--         {0, milliseconds until that ends, 16 bytes of the placeholder's version} somebody else loads
--         {2, envelope, stamp} a live entry is there; every invalidation of tags so far is below the stamp, every later one
--         is not
--         {3, 16 bytes of its version, stamp} it is known that there is nothing to load; the stamp likewise
--
-- Atomic, since of two that find nothing one alone may load. The placeholder's stamp is above every write so far; any
-- later write, removal or clear voids it; tags are looked at when its result is written. In the place of nothing it does
-- not move the chain, for nothing was written; so its stamp is no later than that of the next write, whose server's clock
-- may be behind. In the place of an entry, of which others may hold copies, it is told like a write. All keys carry the
-- partition's hash tag.

local state = state_of(KEYS[2])
local before = header(KEYS[1], state, KEYS[4])

-- Above every invalidation of tags so far.
local function asked()
  return math.max(number(last_write(KEYS[3]), 1), state.tagged) + 1
end

if before and is_absence(before) then
  return {3, version_of(before), asked()}
end
if before and is_placeholder(before) then
  if nonce_of(before) == ARGV[2] then
    return {1, number(before, 3)}
  end
  return {0, math.ceil((number(before, 27) - now) / 1000), version_of(before)}
end
if before and version_of(before) ~= ARGV[10] then
  return {2, redis.call('GET', KEYS[1]), asked()}
end

local ended = state and math.max(state.cleared, state.tagged) or recreate(KEYS[2], KEYS[3], ARGV[4], ARGV[5])
local last = last_write(KEYS[3])
local stamp = math.max(before and stamp_after(last) or number(last, 1) + 1, ended + 1)
store(KEYS[1], ARGV[8], stamp, ARGV[7], nil, ARGV[9])
if before then
  record(KEYS[3], ARGV[4], last, stamp, ENTRIES, ARGV[5] .. ARGV[6])
end
return {1, stamp}

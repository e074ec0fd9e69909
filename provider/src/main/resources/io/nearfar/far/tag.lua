-- Declares dead what a partition holds of a cache under some tags.
--
-- KEYS 1  meta   2  chain   3  tag table
-- ARGV 4  channel   5  name of the cache, as a message carries it
--      6  how many tags the table may hold; if there are more, the older half goes
--      7  empty, or if what may answer in place of loads that fail is to be left, how many microseconds ago entries are to have
--         ended, so that they do not answer while their keys are loaded anew
--      8 and on  the tags
-- Reply   {1, stamp} entries below the stamp that carry one of the tags are dead
--         {2, stamp, why} the server refuses the table: there is none any more, and all entries below the stamp are dead
--
-- Whatever the table does not know any more kills more than it must: if it is not the one that the meta speaks of, all
-- entries with tags up to the invalidation before are dead, and if it is trimmed, all up to the last one that goes. Where the
-- server refuses a change of the table, for want of a right say, the invalidation becomes a clear: what has been entered of
-- it stays, and no table is better than half of one.
--
-- Atomic, since a write between the stamp and the table would be dead although it came later, and a table without its
-- meta would not be looked at. Begins with DEL, so that a full server accepts the rest. All keys carry the partition's
-- hash tag.

-- Lets the older half of the tags go; returns the stamp of the last that went.
local function trim(ledger)
  local all = redis.call('HGETALL', ledger)
  local stamps = {}
  for i = 2, #all, 2 do
    stamps[i / 2] = number(all[i], 1)
  end
  table.sort(stamps)
  local floor = stamps[math.ceil(#stamps / 2)]
  for i = 2, #all, 2 do
    if number(all[i], 1) <= floor then
      redis.call('HDEL', ledger, all[i - 1])
    end
  end
  return floor
end

-- What the table is to know of a tag. A soft invalidation takes back none that was hard.
local function remembered(ledger, tag, stamp)
  if ARGV[7] == '' then
    return packed(stamp)
  end
  local known = redis.call('HGET', ledger, tag)
  local hard = 0
  if known and #known == 24 then
    hard = number(known, 9)
  elseif known then
    hard = #known == 8 and number(known, 1) or stamp
  end
  return packed(stamp) .. packed(hard) .. packed(now - ARGV[7])
end

-- Enters the tags into the table; returns the stamp up to which all entries with tags are dead.
local function enter(ledger, stamp, state)
  local floor = state.floor
  local known = redis.pcall('HGET', ledger, '')
  if type(known) == 'table' and not string.find(known.err, 'WRONGTYPE', 1, true) then
    error(known)
  end
  if type(known) ~= 'string' or #known ~= 16 or number(known, 1) ~= state.tagged then
    redis.call('DEL', ledger)
    floor = state.tagged
  end
  for a = 8, #ARGV do
    redis.call('HSET', ledger, ARGV[a], remembered(ledger, ARGV[a], stamp))
  end
  redis.call('HDEL', ledger, '')
  if redis.call('HLEN', ledger) > tonumber(ARGV[6]) then
    floor = trim(ledger)
  end
  redis.call('HSET', ledger, '', packed(stamp) .. packed(floor))
  return floor
end

local state = state_of(KEYS[1])
redis.call('DEL', KEYS[1])
if not state then
  redis.call('DEL', KEYS[3])
  return {1, recreate(KEYS[1], KEYS[2], ARGV[4], ARGV[5])}
end

local last = last_write(KEYS[2])
local stamp = stamp_over(last, state)
local entered, floor = pcall(enter, KEYS[3], stamp, state)
if not entered then
  redis.call('DEL', KEYS[3])
  return {2, recreate(KEYS[1], KEYS[2], ARGV[4], ARGV[5], state), type(floor) == 'table' and floor.err or floor}
end

local names = {ARGV[5]}
for a = 8, #ARGV do
  names[#names + 1] = struct.pack('>I4', #ARGV[a]) .. ARGV[a]
end
redis.call('SET', KEYS[1], '\1' .. packed(state.cleared) .. packed(stamp) .. packed(floor))
record(KEYS[2], ARGV[4], last, stamp, TAGS, table.concat(names))
return {1, stamp}

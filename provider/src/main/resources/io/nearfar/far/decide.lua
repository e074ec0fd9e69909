-- Decides whether a request may pass several limits, and charges it to all of them or to none.
--
-- KEYS         the window of each limit
-- ARGV 4       permits that the request costs of each
--      5       1 to charge it if all have room, 0 to look only
--      6       the most permits of which each is remembered by its instant; above, hundredths of a window are counted
--      7 and on, for each limit: its permits, its window in microseconds, how many permits more than the cost whoever asks
--        wishes to hold as credits, or -1 for a limit that is not leased
-- Reply {1 all have room | 0 not, server time, then for each limit:
--        permits in use, those of the request included if it was charged; when the oldest of them was taken, or the present;
--        microseconds until the request's cost is there, 0 if it is; the base of the window, by which refund.lua knows what
--        was charged; how many credits were charged beyond the cost}
--
-- Credits are spent within their validity, a fiftieth of the window and a second at most, and so each permit of a limit that
-- is leased counts for the validity longer: then whatever is spent counts for a window at least. The window remembers that
-- it has been leased, so that this holds whoever asks. Of what is left, one asker gets an eighth at most, so that the last few
-- are decided one by one.
--
-- Atomic, since all limits must have room at the instant at which all are charged, and one clock must order the instants.
-- All keys carry one hash tag on a cluster. A charge begins with an expiry, which a full server accepts, so that it accepts
-- the rest: who finds no room would not be counted. The expiry is by the clock that gave the instants.
--
-- A ring:  1, slots (4 bytes), number of the oldest permit that may count (6) and of the one to come (6), base (7), then
--          6 bytes for each slot: when that permit was taken. Number n stands in slot n modulo slots.
-- Counts:  2, width of a part (7), base (7), number of the newest part (6), then 5 bytes for each of 101 parts: the permits
--          taken in it. They count until a window after the part's end, so never too short.
-- Of a window that has been leased the first byte is 3 in place of 1, and 4 in place of 2.
-- Instants are microseconds since the base. It is moved back when the server's clock is found to have been: instants never
-- go back within a window, and what was counted counts no shorter. All big endian.

local RING, COUNTS, RING_HEAD, COUNTS_HEAD, STAMP, CELLS, FIRST = 1, 2, 24, 21, 6, 101, 8
local LEASED = 2
local SHARE, PARTS_OF_VALIDITY, LONGEST_VALIDITY = 8, 50, 1000000
local CELL_FORMAT = '>' .. string.rep('I5', CELLS)
local ONCE = COUNTS_HEAD + CELLS * 5
local END_OF_TIME = 2 ^ 48 - 1

local cost, charges, exact = tonumber(ARGV[4]), ARGV[5] == '1', tonumber(ARGV[6])

-- When the permit of that number was taken.
local function stamp(w, n)
  local at = RING_HEAD + n % w.slots * STAMP
  if at + STAMP <= #w.bytes then
    return (struct.unpack('>I6', w.bytes, at + 1))
  end
  return (struct.unpack('>I6', redis.call('GETRANGE', w.key, at, at + STAMP - 1)))
end

-- Sets the present of a window, whose clock has shown that instant already.
local function tell_time(w, shown)
  w.time = now - w.base
  if w.time < shown then
    w.base = now - shown
    w.time = shown
    w.moved = true
  end
end

-- The number of the oldest permit that counts: those before are no younger than a window.
local function oldest(w, until_)
  local low, high, step = w.tail, w.tail, 1
  while high < w.head and stamp(w, high) <= until_ do
    low = high + 1
    high = high + step
    step = step * 2
  end
  high = math.min(high, w.head)
  while low < high do
    local middle = math.floor((low + high) / 2)
    if stamp(w, middle) <= until_ then
      low = middle + 1
    else
      high = middle
    end
  end
  return low
end

local function look_at_ring(w)
  tell_time(w, stamp(w, w.head - 1))
  w.low = oldest(w, w.time - w.window)
  w.used = w.head - w.low
  w.oldest = w.used > 0 and w.base + stamp(w, w.low) or now
  local leaves = w.head - (w.permits - cost) - 1
  w.free_in = leaves < w.low and 0 or stamp(w, leaves) + w.window - w.time
end

local function look_at_counts(w)
  tell_time(w, w.newest * w.width)
  w.cells = {struct.unpack(CELL_FORMAT, w.bytes, COUNTS_HEAD + 1)}
  local from = math.max(0, w.newest - CELLS + 1, math.floor((w.time - w.window) / w.width))
  w.used = 0
  w.oldest = now
  for part = w.newest, from, -1 do
    local count = w.cells[part % CELLS + 1]
    if count > 0 then
      w.used = w.used + count
      w.oldest = math.min(now, w.base + part * w.width)
    end
  end
  local needed, part = w.used - (w.permits - cost), from
  w.free_in = needed > 0 and 1 or 0
  while needed > 0 do
    needed = needed - w.cells[part % CELLS + 1]
    part = part + 1
    w.free_in = part * w.width + w.window - w.time
  end
end

-- Has the permits of a window that is leased, or has been, count for the validity of credits longer.
local function lengthen(w, kind)
  w.marked = kind == RING + LEASED or kind == COUNTS + LEASED
  w.leased = w.marked or w.wish >= 0
  if w.leased then
    w.window = w.window + math.min(math.floor(w.window / PARTS_OF_VALIDITY), LONGEST_VALIDITY)
  end
  return w.marked and kind - LEASED or kind
end

-- The first byte of a window.
local function mark(w, kind)
  return w.leased and kind + LEASED or kind
end

-- Reads a window; what is none of ours counts as empty.
local function open(key, permits, window, wish)
  local w = {key = key, permits = permits, window = window, base = now, used = 0, oldest = now, free_in = 0}
  w.wish, w.credits = wish, 0
  w.bytes = redis.pcall('GETRANGE', key, 0, ONCE - 1)
  local length = type(w.bytes) == 'string' and #w.bytes or 0
  local kind = lengthen(w, length > RING_HEAD and string.byte(w.bytes) or 0)
  if kind == RING then
    w.slots, w.tail, w.head, w.base = struct.unpack('>I4I6I6I7', w.bytes, 2)
    length = length < ONCE and length or redis.call('STRLEN', key)
    if length == RING_HEAD + w.slots * STAMP and w.head > w.tail and w.head - w.tail <= w.slots then
      w.kind = RING
      look_at_ring(w)
    end
  elseif kind == COUNTS and length == ONCE then
    w.width, w.base, w.newest = struct.unpack('>I7I7I6', w.bytes, 2)
    if w.width > 0 then
      w.kind = COUNTS
      look_at_counts(w)
    end
  end
  return w
end

-- When nothing of a window counts any more that is charged now, in milliseconds.
local function ends(micros)
  return string.format('%.0f', math.ceil((now + micros) / 1000))
end

-- Writes a window anew.
local function write(w, bytes, micros)
  redis.call('PEXPIREAT', w.key, ends(micros))
  redis.call('SET', w.key, bytes, 'PXAT', ends(micros))
end

-- Writes a ring as long as is needed, with the stamps that it has had.
local function write_ring(w, kept)
  local head = w.used + w.cost
  local slots = math.max(head, math.min(w.permits, math.max(FIRST, 2 * (w.slots or 0))))
  local bytes = struct.pack('>BI4I6I6I7', mark(w, RING), slots, 0, head, w.base)
    .. kept .. string.rep(struct.pack('>I6', w.time), w.cost) .. string.rep('\0', (slots - head) * STAMP)
  write(w, bytes, w.window)
end

-- The stamps of some permits, which stand side by side.
local function stamps(w, from, count)
  local at = RING_HEAD + from % w.slots * STAMP
  return count > 0 and redis.call('GETRANGE', w.key, at, at + count * STAMP - 1) or ''
end

local function put_stamps(w, from, count)
  if count > 0 then
    local at = RING_HEAD + from % w.slots * STAMP
    redis.call('SETRANGE', w.key, at, string.rep(struct.pack('>I6', w.time), count))
  end
end

local function charge_ring(w)
  if w.used + w.cost > w.slots then
    local run = math.min(w.used, w.slots - w.low % w.slots)
    write_ring(w, stamps(w, w.low, run) .. stamps(w, w.low + run, w.used - run))
    return
  end
  local run = math.min(w.cost, w.slots - w.head % w.slots)
  redis.call('PEXPIREAT', w.key, ends(w.window))
  if w.leased and not w.marked then
    redis.call('SETRANGE', w.key, 0, string.char(RING + LEASED))
  end
  redis.call('SETRANGE', w.key, 5, struct.pack('>I6I6I7', w.low, w.head + w.cost, w.base))
  put_stamps(w, w.head, run)
  put_stamps(w, w.head + run, w.cost - run)
  redis.call('PEXPIREAT', w.key, ends(w.window)) -- again: a window as short as a stall was over at the first, and so gone
end

local function charge_counts(w)
  local part = math.floor(w.time / w.width)
  for empty = math.max(w.newest + 1, part - CELLS + 1), part do
    w.cells[empty % CELLS + 1] = 0
  end
  w.cells[part % CELLS + 1] = w.cells[part % CELLS + 1] + w.cost
  write(w, struct.pack('>BI7I7I6', mark(w, COUNTS), w.width, w.base, part) .. struct.pack(CELL_FORMAT, unpack(w.cells)),
    w.window + w.width)
end

-- Begins a window; what another kind of window has counted is as if it came just now.
local function begin(w)
  w.used = math.min(w.used, w.permits - w.cost)
  w.base, w.time = now, 0
  if w.permits <= exact then
    w.slots = nil
    write_ring(w, string.rep(struct.pack('>I6', 0), w.used))
    return
  end
  w.width = math.ceil(w.window / (CELLS - 1))
  w.newest = 0
  w.cells = {}
  for cell = 1, CELLS do
    w.cells[cell] = 0
  end
  w.cells[1] = w.used
  charge_counts(w)
end

local function charge(w)
  w.credits = math.min(math.max(w.wish, 0), math.floor((w.permits - w.used - cost) / SHARE))
  w.cost = cost + w.credits
  if w.kind == RING and w.permits <= exact and w.time < END_OF_TIME then
    charge_ring(w)
  elseif w.kind == COUNTS and w.permits > exact and w.width == math.ceil(w.window / (CELLS - 1)) then
    charge_counts(w)
  else
    begin(w)
  end
  w.used = w.used + w.cost
end

-- Keeps the base of a window that is not charged, or the clock would have to catch up first; the next look does, where a
-- full server refuses it.
local function keep_base(w)
  if w.moved then
    redis.pcall('SETRANGE', w.key, w.kind == RING and 17 or 8, struct.pack('>I7', w.base))
  end
end

local windows, admitted = {}, true
for k = 1, #KEYS do
  windows[k] = open(KEYS[k], tonumber(ARGV[4 + 3 * k]), tonumber(ARGV[5 + 3 * k]), tonumber(ARGV[6 + 3 * k]))
  admitted = admitted and windows[k].free_in == 0
end

local reply = {admitted and 1 or 0, now}
for k = 1, #KEYS do
  local w = windows[k]
  if admitted and charges then
    charge(w)
  else
    keep_base(w)
  end
  reply[5 * k - 2] = w.used
  reply[5 * k - 1] = w.oldest
  reply[5 * k] = w.free_in
  reply[5 * k + 1] = w.base
  reply[5 * k + 2] = w.credits
end
return reply

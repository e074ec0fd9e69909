-- Decides whether a request may pass several limits, and charges it to all of them or to none; or about several like requests
-- under one limit, one after the other at one instant, and charges as many as have room.
--
-- KEYS         the window of each limit
-- ARGV 1       numbers of 7 bytes, big endian, side by side, which is faster than a text for each:
--        not-after, as in clock.lua
--        permits that a request costs of each
--        how many requests to charge; more than 1 under one limit only, and without credits. 0 to look at one only
--        the most permits of which each is remembered by its instant; above, hundredths of a window are counted
--        for each limit: its permits, its window in microseconds, how many permits more than the cost whoever asks wishes to
--        hold as credits, or -1 for a limit that is not leased
-- Reply such numbers too:
--        how many of the requests have room, or had it and were charged | -1 it is too late, and nothing was changed
--        server time
--        for each limit, but where it is too late: permits in use, those of what was charged included; when the oldest of them
--        was taken, or the present; microseconds until the cost of the first request without room is there, 0 if all have
--        room; the base of the window, by which refund.lua knows what was charged; how many credits were charged beyond the cost
--
-- Credits are spent within their validity, a fiftieth of the window and a second at most, and so each permit of a limit that
-- is leased counts for the validity longer: then whatever is spent counts for a window at least. The window remembers that
-- it has been leased, so that this holds whoever asks. Of what is left, one asker gets an eighth at most, so that the last few
-- are decided one by one.
--
-- Atomic, since all limits must have room at the instant at which all are charged, and one clock must order the instants.
-- All keys carry one hash tag on a cluster. A full server refuses the first write, and accepts it behind an expiry: who finds
-- no room would not be counted. The expiry is by the clock that gave the instants. That of a ring is set late enough for the
-- charges of a sixteenth of a window to come.
--
-- A list:  5, base (7), then 6 bytes for each permit, the newest first: when it was taken.
-- A ring:  9, base (7), length in blocks (2), its expiry in milliseconds (6), number of the permit to come (6), how many of
--          those before it may count (3), then the last block, which is being filled (96), the block with the oldest permit
--          that may count, if that is another (96), then the others. A block holds 16 permits as a list does, of which the
--          oldest has a number that 16 divides. Block n, but for those two, stands in place -n modulo the length, so that the
--          newest are first.
-- Counts:  2, width of a part (7), base (7), number of the newest part (6), then 5 bytes for each of 101 parts: the permits
--          taken in it. They count until a window after the part's end, so never too short.
-- Of a window that has been leased the first byte is greater by 2. It is a list that becomes a ring when it has more than 192
-- permits; an empty one begins anew. The two blocks in front are what makes most decisions one read and one write.
-- Instants are microseconds since the base. It is moved back when the server's clock is found to have been: instants never
-- go back within a window, and what was counted counts no shorter. All big endian.
--
-- To make a function at each call costs more than to run it, and as much again for each outer local that it uses. So what is
-- frequent stands in one piece, and the functions for the rest are made where they are needed, by one that uses no such local.

local LIST, RING, COUNTS, FORMER, LEASED = 5, 9, 2, 1, 2
local BLOCK, MOST, LIST_HEAD = 16, 192, 8
local FRESH, OLD, AREA = 26, 122, 217 -- where the two blocks begin, counted from 1, and where the others do, from 0
local NUMBERS = '16' -- where the numbers of a ring begin, from 0; a text is handed on faster than a number
local READ = '1160' -- up to there: as many bytes as the longest list has, and one
local END_OF_TIME = 2 ^ 48 - 1

local call, pcall, pack, parse = redis.call, redis.pcall, struct.pack, struct.unpack
local byte, sub, rep, floor, min = string.byte, string.sub, string.rep, math.floor, math.min

local clock = call('TIME')
local now = clock[1] * 1000000 + clock[2]
local argument = ARGV[1]
local not_after, cost, requests, exact, permits, window, wish = parse('>i7i7i7i7i7i7i7', argument)
if now > not_after then
  return pack('>i7i7', -1, now)
end

-- Makes the functions for what is rare.
local function make_rare(now, cost, exact)
  local LIST, RING, COUNTS, FORMER, LEASED = 5, 9, 2, 1, 2
  local BLOCK, MOST, LIST_HEAD = 16, 192, 8
  local FRESH, AREA = 26, 217
  local END_OF_TIME = 2 ^ 48 - 1
  local call, pack, parse = redis.call, struct.pack, struct.unpack
  local sub, rep, floor, min = string.sub, string.rep, math.floor, math.min
  local CELLS, COUNTS_HEAD, COUNTS_LENGTH = 101, 21, 526
  local CELL_FORMAT = '>' .. rep('I5', CELLS)
  local rare = {}

  -- How many of some instants, the oldest of which begins there, are not later than another one.
  function rare.passed(bytes, at, count, instant)
    local low, high, step = 0, 0, 1
    while high < count and parse('>I6', bytes, at - 6 * high) <= instant do
      low = high + 1
      high = high + step
      step = step * 2
    end
    high = min(high, count)
    while low < high do
      local middle = floor((low + high) / 2)
      if parse('>I6', bytes, at - 6 * middle) <= instant then
        low = middle + 1
      else
        high = middle
      end
    end
    return low
  end

  -- A block of a ring, or nil if that is none.
  local function block(key, blocks, n)
    local at = AREA + -n % blocks * 96
    local bytes = call('GETRANGE', key, at, at + 95)
    return #bytes == 96 and bytes or nil
  end

  -- The first block from one on whose last permit was taken after an instant, and its number. The last of the ring has such
  -- a permit.
  function rare.later_block(key, blocks, from, last, instant)
    local low, high, step, found = from, from, 1, nil
    while high < last do
      found = block(key, blocks, high)
      if not found or parse('>I6', found) > instant then
        break
      end
      low, found = high + 1, nil
      high = min(high + step, last)
      step = step * 2
    end
    while low < high do
      local middle = floor((low + high) / 2)
      local bytes = block(key, blocks, middle)
      if not bytes or parse('>I6', bytes) > instant then
        high, found = middle, bytes
      else
        low = middle + 1
      end
    end
    return found, high
  end

  -- When a permit was taken that stands in none of the two blocks in front.
  function rare.stamp(key, blocks, n)
    local bytes = block(key, blocks, floor(n / BLOCK))
    return bytes and parse('>I6', bytes, 91 - n % BLOCK * 6)
  end

  -- Looks at counts; those of a ring of another form are as if they came just now.
  function rare.look(w)
    if w.kind == FORMER and #w.bytes > 24 then
      local slots, tail, head = parse('>I4I6I6', w.bytes, 2)
      if call('STRLEN', w.key) == 24 + slots * 6 and head > tail and head - tail <= slots then
        w.used, w.oldest, w.base, w.time, w.moved = head - tail, now, now, 0, false
        w.free_in = w.used + cost > w.permits and w.window or 0
        return true
      end
    elseif w.kind == COUNTS and #w.bytes == COUNTS_LENGTH then
      w.width, w.base, w.newest = parse('>I7I7I6', w.bytes, 2)
      if w.width > 0 then
        w.time = now - w.base
        w.moved = w.time < w.newest * w.width
        if w.moved then
          w.time = w.newest * w.width
          w.base = now - w.time
        end
        w.cells = {parse(CELL_FORMAT, w.bytes, COUNTS_HEAD + 1)}
        local from = math.max(0, w.newest - CELLS + 1, floor((w.time - w.window) / w.width))
        w.oldest_part = from
        w.used, w.oldest = 0, now
        for part = w.newest, from, -1 do
          local count = w.cells[part % CELLS + 1]
          if count > 0 then
            w.used = w.used + count
            w.oldest = min(now, w.base + part * w.width)
          end
        end
        local needed, part = w.used - (w.permits - cost), from
        w.free_in = needed > 0 and 1 or 0
        while needed > 0 do
          needed = needed - w.cells[part % CELLS + 1]
          part = part + 1
          w.free_in = part * w.width + w.window - w.time
        end
        return true
      end
    end
    return false
  end

  -- How long until one request more has room, beside those that are being charged. What is counted in another way from now
  -- on is as if it came just now.
  function rare.free_after(w)
    local needed = w.used + w.taken + cost - w.permits
    if w.permits > exact then
      local width, part = math.ceil(w.window / (CELLS - 1)), 0
      if w.kind ~= COUNTS or w.width ~= width then
        return width + w.window
      end
      part = w.oldest_part
      while needed > 0 and part <= w.newest do
        needed = needed - w.cells[part % CELLS + 1]
        part = part + 1
      end
      if needed > 0 then
        part = floor(w.time / width) + 1
      end
      return part * width + w.window - w.time
    elseif needed > w.used or (w.kind ~= LIST and w.kind ~= RING) then
      return w.window
    end
    local leaves, stamp = w.low + needed - 1, nil
    local at = leaves % BLOCK
    if w.kind == LIST then
      stamp = parse('>I6', w.bytes, w.from - 6 * leaves)
    elseif leaves - at == w.block * BLOCK then
      stamp = parse('>I6', w.text, w.from - 6 * at)
    elseif leaves - at == w.last * BLOCK then
      stamp = parse('>I6', w.bytes, FRESH + 6 * (w.place - at))
    else
      stamp = rare.stamp(w.key, w.blocks, leaves) or w.time
    end
    return stamp + w.window - w.time
  end

  -- The permits of a list or ring that count.
  local function live(w)
    if w.kind == LIST then
      return sub(w.bytes, LIST_HEAD + 1, #w.bytes - 6 * w.low)
    elseif w.kind ~= RING then
      return ''
    end
    local oldest = w.from - 6 * (w.low % BLOCK) + 5
    if w.block == w.last then
      return sub(w.bytes, FRESH, oldest)
    end
    local parts, n = {sub(w.bytes, FRESH, FRESH + 6 * w.place + 5)}, w.last - 1
    while n > w.block do
      local at = -n % w.blocks
      local run = min(n - w.block, w.blocks - at)
      parts[#parts + 1] = call('GETRANGE', w.key, AREA + at * 96, AREA + (at + run) * 96 - 1)
      n = n - run
    end
    parts[#parts + 1] = sub(w.text, w.from - 90, oldest)
    return table.concat(parts)
  end

  -- A block that may not be full.
  local function padded(bytes)
    return bytes .. rep('\0', 96 - #bytes)
  end

  local function ring(w, head)
    return pack('>BI7I2I6I6I3', w.leased and RING + LEASED or RING, w.base, w.blocks, w.ends, head, head - w.low)
  end

  local function expire_late(w)
    local ends = math.ceil((now + w.window) / 1000)
    local late = floor(w.window / 16000)
    w.due = w.ends < ends or w.ends > ends + late
    if w.due then
      w.ends = ends + late
    end
  end

  -- A list or a ring of some permits, as long as is needed.
  local function anew(w, stamps)
    local head = #stamps / 6
    w.at = false
    if head <= MOST then
      w.ends = math.ceil((now + w.window) / 1000)
      w.value = pack('>BI7', w.leased and LIST + LEASED or LIST, w.base) .. stamps
      return
    end
    local last = floor((head - 1) / BLOCK)
    local most = floor((w.permits + BLOCK - 2) / BLOCK) - 1
    w.blocks = math.max(last - 1, min(most, 2 * (w.blocks or MOST / BLOCK)))
    w.low, w.ends = 0, 0
    expire_late(w)
    local filled = 6 * (head - last * BLOCK)
    w.value = ring(w, head) .. padded(sub(stamps, 1, filled)) .. sub(stamps, -96) .. rep('\0', (w.blocks - last + 1) * 96)
      .. sub(stamps, filled + 1, -97)
  end

  local function charge_ring(w, stamps)
    local all, head = stamps .. sub(w.bytes, FRESH, FRESH + 6 * w.place + 5), w.head + #stamps / 6
    local last = floor((head - 1) / BLOCK)
    if last - w.block - 1 > w.blocks then
      anew(w, stamps .. live(w))
      return
    end
    expire_late(w)
    local old = ''
    if w.block < w.last then
      old = sub(w.text, w.from - 90, w.from + 5)
    elseif last > w.last then
      old = sub(all, -96)
    end
    w.at, w.value = '0', ring(w, head) .. padded(sub(all, 1, 6 * (head - last * BLOCK))) .. old
    local n, first, more = last - 1, math.max(w.last, w.block + 1), {}
    while n >= first do
      local at = -n % w.blocks
      local run = min(n - first + 1, w.blocks - at)
      more[#more + 1] = AREA + at * 96
      more[#more + 1] = sub(all, #all - 96 * (n - w.last + 1) + 1, #all - 96 * (n - w.last + 1 - run))
      n = n - run
    end
    w.more = more
  end

  local function charge_counts(w)
    local width = math.ceil(w.window / (CELLS - 1))
    if w.kind ~= COUNTS or w.width ~= width then -- what another kind of window has counted is as if it came just now
      w.base, w.time, w.width, w.newest, w.cells = now, 0, width, 0, {w.used}
      for cell = 2, CELLS do
        w.cells[cell] = 0
      end
    end
    local part = floor(w.time / w.width)
    for empty = math.max(w.newest + 1, part - CELLS + 1), part do
      w.cells[empty % CELLS + 1] = 0
    end
    w.cells[part % CELLS + 1] = w.cells[part % CELLS + 1] + w.taken
    w.at, w.ends = false, math.ceil((now + w.window + w.width) / 1000)
    w.value = pack('>BI7I7I6', w.leased and COUNTS + LEASED or COUNTS, w.width, w.base, part)
      .. pack(CELL_FORMAT, unpack(w.cells))
  end

  -- Prepares the write of a charge.
  function rare.charge(w)
    if w.permits > exact then
      charge_counts(w)
    elseif (not w.kind or w.kind == LIST or w.kind == RING) and w.time < END_OF_TIME then
      local stamps = rep(pack('>I6', w.time), w.taken)
      if w.kind == RING then
        charge_ring(w, stamps)
      else
        anew(w, stamps .. live(w))
      end
    else
      w.base = now
      anew(w, rep('\0', 6 * (w.used + w.taken)))
    end
  end

  return rare
end

local rare, kept
local admitted, together, keys = true, 1, #KEYS -- together: how many are charged of several requests
local before = keys > 1 and {} -- what follows, of all keys but the last
local where, value, ends, due, more -- what is written, there or, without, as a whole; its expiry, whether to set it; what else
local used, oldest, free_in, base, credits -- what is replied

for k = 1, keys do
  local key = KEYS[k]
  if k > 1 then
    before[k - 1] = {where, value, ends, due, more, used, oldest, free_in, base, credits}
    permits, window, wish = parse('>i7i7i7', argument, 21 * k + 8)
  end
  local bytes = pcall('GETRANGE', key, '0', READ)
  if bytes.err then
    bytes = ''
  end
  local kind, leased, marked = byte(bytes), wish >= 0, false
  if kind ~= LIST and kind ~= RING then
    marked = kind == LIST + LEASED or kind == RING + LEASED or kind == COUNTS + LEASED or kind == FORMER + LEASED
    if marked then
      kind, leased = kind - LEASED, true
    end
  end
  if leased then
    window = window + min(floor(window / 50), 1000000)
  end

  -- Looks at the window; a way out before its end is for what is none of ours, or holds nothing that counts.
  local counts, time, moved = false, 0, false
  local low, head, blocks, tail, last, place, block, text, from, w
  used, oldest, free_in, base, credits = 0, now, 0, now, 0
  repeat
    if kind == LIST then
      head = (#bytes - LIST_HEAD) / 6
      if head % 1 > 0 or head < 1 or head > MOST then
        break
      end
      local newest
      base, newest = parse('>I7I6', bytes, 2)
      time = now - base
      if time < newest then
        base, time, moved = now - newest, newest, true
      end
      local gone = time - window
      if newest <= gone then
        break
      end
      low, from = 0, #bytes - 5
      local first = parse('>I6', bytes, from)
      if first <= gone then
        repeat
          low = low + 1
          first = parse('>I6', bytes, from - 6 * low)
        until first > gone or low == 4
        if first <= gone then
          rare = rare or make_rare(now, cost, exact)
          low = low + rare.passed(bytes, from - 6 * low, head - low, gone)
          first = parse('>I6', bytes, from - 6 * low)
        end
      end
      used, oldest = head - low, base + first
      local leaves = head + cost - permits - 1 -- once this one has left there is room
      if leaves >= low then
        free_in = parse('>I6', bytes, from - 6 * leaves) + window - time
      end
    elseif kind == RING then
      if #bytes < AREA then
        break
      end
      local newest
      base, blocks, ends, head, tail, newest = parse('>I7I2I6I6I3I6', bytes, 2)
      tail = head - tail
      place = (head - 1) % BLOCK
      last = (head - 1 - place) / BLOCK
      local inside = tail % BLOCK
      block = (tail - inside) / BLOCK
      if head <= tail or blocks < 1 or last - block - 1 > blocks then
        break
      end
      time = now - base
      if time < newest then
        base, time, moved = now - newest, newest, true
      end
      local gone = time - window
      if newest <= gone then
        break
      end
      text, from = bytes, block == last and FRESH + 6 * place or OLD + 90
      local first = parse('>I6', text, from - 6 * inside)
      if first <= gone then
        repeat
          inside = inside + 1
          first = inside < BLOCK and parse('>I6', text, from - 6 * inside) or 0
        until first > gone or inside == BLOCK
        if inside == BLOCK then
          rare = rare or make_rare(now, cost, exact)
          text, block = rare.later_block(key, blocks, block + 1, last, gone)
          from = 91
          if block == last then
            text, from = bytes, FRESH + 6 * place
          elseif not text then
            break
          end
          inside = rare.passed(text, from, block == last and place + 1 or BLOCK, gone)
          first = parse('>I6', text, from - 6 * inside)
        end
      end
      low = block * BLOCK + inside
      used, oldest = head - low, base + first
      local leaves = head + cost - permits - 1
      if leaves >= low then
        local at = leaves % BLOCK
        local stamp
        if leaves - at == block * BLOCK then
          stamp = parse('>I6', text, from - 6 * at)
        elseif leaves - at == last * BLOCK then
          stamp = parse('>I6', bytes, FRESH + 6 * (place - at))
        else
          rare = rare or make_rare(now, cost, exact)
          stamp = rare.stamp(key, blocks, leaves)
          if not stamp then
            break
          end
        end
        free_in = stamp + window - time
      end
    elseif kind then
      rare = rare or make_rare(now, cost, exact)
      w = {kind = kind, key = key, bytes = bytes, permits = permits, window = window}
      if not rare.look(w) then
        break
      end
      base, time, moved, used, oldest, free_in = w.base, w.time, w.moved, w.used, w.oldest, w.free_in
    else
      break
    end
    counts = true
  until true
  if not counts then
    kind, blocks, w = nil, nil, nil
    base, time, moved, used, oldest, free_in = now, 0, false, 0, now, 0
  end

  -- Prepares what is written if the others have room too.
  if free_in > 0 then
    admitted = false
  elseif admitted and requests > 0 then
    local taken = cost
    if requests > 1 then
      together = min(requests, floor((permits - used) / cost))
      taken = together * cost
    elseif wish > 0 then
      credits = min(wish, floor((permits - used - cost) / 8))
      taken = cost + credits
    end
    due, more = false, nil
    local is_list = (kind == LIST or not kind) and used + taken <= MOST
    local is_ring = kind == RING and place + taken < BLOCK
    local is_plain = (is_list or is_ring) and permits <= exact and time < END_OF_TIME
    if not is_plain or together < requests then
      rare = rare or make_rare(now, cost, exact)
      w = w or {kind = kind, key = key, bytes = bytes, permits = permits, window = window}
      w.base, w.time, w.used, w.leased, w.taken = base, time, used, leased, taken
      w.low, w.head, w.blocks, w.ends, w.last, w.place = low, head, blocks, ends, last, place
      w.block, w.text, w.from = block, text, from
      if together < requests then
        free_in = rare.free_after(w)
      end
    end
    if is_plain then
      local over = now + window + 999
      over = (over - over % 1000) / 1000
      if is_list then
        where, ends, value = false, over, pack('>BI7I6', leased and LIST + LEASED or LIST, base, time)
        if taken > 1 then
          value = value .. rep(pack('>I6', time), taken - 1)
        end
        if kind then
          value = value .. sub(bytes, LIST_HEAD + 1, from + 5 - 6 * low)
        end
      else
        local slack = floor(window / 16000)
        if ends < over or ends > over + slack then
          due, ends = true, over + slack
        end
        if due or moved or marked ~= leased then
          where = '0'
          value = pack('>BI7I2I6', leased and RING + LEASED or RING, base, blocks, ends)
            .. pack('>I6I3I6', head + taken, head + taken - low, time)
        else
          where, value = NUMBERS, pack('>I6I3I6', head + taken, head + taken - low, time)
        end
        if taken > 1 then
          value = value .. rep(pack('>I6', time), taken - 1)
        end
        value = value .. sub(bytes, FRESH, FRESH + 6 * place + 5)
        if text ~= bytes then -- the oldest is in another block than before
          value = value .. sub(bytes, FRESH + 6 * (place + taken + 1), OLD - 1) .. text
        end
      end
    else
      rare.charge(w)
      base, where, value, ends, due, more = w.base, w.at, w.value, w.ends, w.due, w.more
    end
  end
  if moved then
    kept = kept or {}
    kept[#kept + 1] = {key, kind == COUNTS and 8 or 1, base}
  end
end

local answer = ''
for k = keys, 1, -1 do
  if k < keys then
    where, value, ends, due, more, used, oldest, free_in, base, credits = unpack(before[k], 1, 10)
  end
  if not admitted then
    credits = 0
  elseif requests > 0 then
    local key = KEYS[k]
    used = used + together * cost + credits
    if not where then
      if pcall('SET', key, value, 'PXAT', ends).err then
        call('PEXPIREAT', key, ends)
        call('SET', key, value, 'PXAT', ends)
      end
    else
      if type(pcall('SETRANGE', key, where, value)) == 'table' then
        call('PEXPIREAT', key, ends)
        call('SETRANGE', key, where, value)
        due = true
      end
      for i = 1, more and #more or 0, 2 do
        call('SETRANGE', key, more[i], more[i + 1])
      end
      if due then
        call('PEXPIREAT', key, ends)
      end
    end
  end
  if k > 1 then
    answer = pack('>i7i7i7i7i7', used, oldest, free_in, base, credits) .. answer
  end
end
-- The base of a window that is not charged is kept, or the clock would have to catch up first; the next look does, where a
-- full server refuses it.
if kept and not (admitted and requests > 0) then
  for i = 1, #kept do
    pcall('SETRANGE', kept[i][1], kept[i][2], pack('>I7', kept[i][3]))
  end
end
return pack('>i7i7i7i7i7i7i7', admitted and together or 0, now, used, oldest, free_in, base, credits) .. answer

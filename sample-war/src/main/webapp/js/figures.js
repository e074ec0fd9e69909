// Reads the counters of this node's caches once a second and keeps the last minute of them.

/** Tells of each reading: an event "reading" with {node, uptime, caches, totals}. */
export const figures = new EventTarget()

const INTERVAL = 1000
const KEPT = 60
const COUNTERS = ['nearHits', 'farHits', 'misses']
const history = new Map()
let last

/** The last reading, if there was one. */
export const reading = () => last

async function read() {
  if (document.hidden) return
  const response = await fetch('api/live')
  if (!response.ok) return
  const live = await response.json()
  const now = performance.now()
  const caches = live.caches.map(({ name, figures: counted }) => ({ name, ...counted, rates: rates(name, counted, now) }))
  last = { ...live, caches, totals: totals(caches) }
  figures.dispatchEvent(new CustomEvent('reading', { detail: last }))
}

function rates(name, counted, now) {
  const past = history.get(name) ?? { points: [] }
  const seconds = past.at ? (now - past.at) / 1000 : 0
  if (seconds) past.points.push(Object.fromEntries(COUNTERS.map((key) => [key, Math.max(0, counted[key] - past.counted[key]) / seconds])))
  if (past.points.length > KEPT) past.points.shift()
  history.set(name, { points: past.points, at: now, counted })
  return past.points
}

function totals(caches) {
  const sum = (key) => caches.reduce((all, cache) => all + cache[key], 0)
  const keys = [...COUNTERS, 'loads', 'puts', 'removals', 'invalidations', 'evictions', 'nearSize', 'nearNanos', 'farNanos', 'loadNanos']
  const longest = Math.max(0, ...caches.map((cache) => cache.rates.length))
  const rates = Array.from({ length: longest }, (_, i) => Object.fromEntries(COUNTERS.map((key) => [key, caches.reduce((all, cache) => all + (cache.rates[i - longest + cache.rates.length]?.[key] ?? 0), 0)])))
  return { ...Object.fromEntries(keys.map((key) => [key, sum(key)])), rates }
}

/** Begins to read. */
export function watch() {
  const again = () => read().catch(() => {}).finally(() => setTimeout(again, INTERVAL))
  again()
}

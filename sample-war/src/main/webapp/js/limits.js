// What a person may still ask for: told by the fields RateLimit and RateLimit-Policy of the answers, so that nothing is
// asked for it.

/** Tells of each change: an event "change". */
export const limits = new EventTarget()

const SAID = { searches: 'searches', suggestions: 'suggestions', 'sign-ins': 'attempts to sign in' }
const MINUTE = 60
const known = new Map()

/** What is known of a limit, {name, permits, window, remaining}, if an answer told of it. */
export const limit = (name) => known.get(name)

/** All that are known. */
export const allLimits = () => [...known.values()]

/** Notes what an answer tells. */
export function note(headers) {
  const policies = items(headers.get('RateLimit-Policy'))
  for (const [name, { r: remaining }] of items(headers.get('RateLimit'))) {
    const { q: permits, w: window } = policies.get(name) ?? {}
    if (permits !== undefined && remaining !== undefined) keep({ name, permits, window, remaining })
  }
}

/** Forgets all of it, for somebody else is signed in now. */
export function forget() {
  known.forEach(({ timer }) => clearTimeout(timer))
  known.clear()
  tell()
}

/** A window after the last answer all permits are back. */
function keep(told) {
  clearTimeout(known.get(told.name)?.timer)
  const timer = setTimeout(() => { known.set(told.name, { ...told, remaining: told.permits }); tell() }, told.window * 1000)
  known.set(told.name, { ...told, timer })
  tell()
}

const tell = () => limits.dispatchEvent(new Event('change'))

/** A field such as `"searches";r=28;t=17, "others";r=3` as a map from each name to its numbers. */
function items(field) {
  const found = new Map()
  for (const [, name, numbers] of (field ?? '').matchAll(/"((?:[^"\\]|\\.)*)"((?:;[a-z]+=\d+)*)/g)) {
    found.set(name, Object.fromEntries([...numbers.matchAll(/;([a-z]+)=(\d+)/g)].map(([, key, value]) => [key, Number(value)])))
  }
  return found
}

const time = (seconds) => (seconds % MINUTE ? `${seconds} s` : `${seconds / MINUTE} minutes`)

/** How many are left of how many. */
export function left({ name, permits, window, remaining }) {
  const figures = [remaining, permits].map((figure) => figure.toLocaleString('en')).join(' of ')
  return `${figures} ${SAID[name] ?? name} left ${window === MINUTE ? 'this minute' : `in ${time(window)}`}`
}

/** Why an answer was refused and when to ask again, by its body and Retry-After. Which limits all share is not told. */
export function refusal({ 'violated-policies': violated }, wait) {
  const again = `Try again in ${wait} s.`
  if (!violated) return `Requests cannot be counted at the moment. ${again}`
  const mine = violated.map(limit).find(Boolean)
  if (!mine) return `Too many people ask for this at the moment. ${again}`
  return `You have used all ${mine.permits.toLocaleString('en')} ${SAID[mine.name] ?? mine.name} that there are in ${mine.window === MINUTE ? 'a minute' : time(mine.window)}. ${again}`
}

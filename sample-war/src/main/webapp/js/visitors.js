// Visitors made by this page: a minute of questions as people ask them, a few places often and many seldom, so that
// there is something to see in the live view. They stop by themselves.

import { ask } from './api.js'
import { h } from './dom.js'
import { world } from './world.js'

const LENGTH = 60_000
const AT_ONCE = 3
const PAUSE = 60
const TYPED = ['lo', 'lon', 'par', 'tok', 'new', 'san', 'ber', 'mu', 'ist', 'kai', 'del', 'rio', 'sy', 'lag', 'osl']

let until = 0
const buttons = new Set()

const running = () => performance.now() < until
const pause = (time) => new Promise((done) => setTimeout(done, time))

/** One of many, the first far more often than the last. */
const popular = (many) => many[Math.floor(many.length * Math.random() ** 3)]

function question(cities) {
  const kind = Math.random()
  if (kind < 0.5) return `cities/${popular(cities).id}?view=true`
  if (kind < 0.7) return `cities/suggestions?q=${popular(TYPED)}`
  if (kind < 0.85) return `cities/${popular(cities).id}/nearby`
  if (kind < 0.93) return `countries/${popular(cities).countryCode}/regions`
  return 'trending'
}

async function visitor(cities) {
  while (running()) {
    await ask(question(cities)).catch(leave)
    await pause(PAUSE * Math.random() * 2)
  }
}

/** Who was refused for asking too often comes again; what else fails ends the visit. */
function leave(failure) {
  if (failure.status !== 429) throw failure
}

async function visit() {
  until = performance.now() + LENGTH
  label()
  try {
    const { data } = await world()
    await Promise.all(Array.from({ length: AT_ONCE }, () => visitor(data.metropolises)))
  } finally {
    until = 0
    label()
  }
}

function label() {
  for (const button of buttons) {
    if (!button.isConnected && buttons.size > 2) buttons.delete(button)
    button.textContent = running() ? 'Send the visitors home' : 'Let a minute of visitors in'
  }
}

/** A button that lets them in and sends them home. */
export function visitorsButton() {
  const button = h('button', { onclick: () => { if (running()) { until = 0; label() } else visit() } })
  buttons.add(button)
  label()
  return button
}

// Shows what a person may still ask for, and keeps that up to date.

import { h, replace } from './dom.js'
import { allLimits, left, limit, limits } from './limits.js'
import { card } from './parts.js'
import { hasRole, session } from './session.js'

/** A line about one limit; empty while no answer told of it. */
export function leftOf(name, signal) {
  const line = h('span', { class: 'quiet small number', 'data-left': name })
  const show = () => { line.textContent = limit(name) ? left(limit(name)) : '' }
  limits.addEventListener('change', show, { signal })
  show()
  return line
}

const plan = () => (hasRole('admin') ? 'Administrators are not limited.' : hasRole('premium') ? 'Premium: five times as many searches.' : 'Free, like everybody’s who has no other plan.')

function line(one) {
  const parts = [['near', one.remaining], ['', one.permits - one.remaining]]
  return h('li', { class: 'stack tight' },
    h('span', { class: 'small number' }, left(one)),
    h('div', { class: 'share', 'aria-hidden': 'true' }, parts.map(([tier, count]) => h('i', { class: tier, style: { 'flex-grow': String(count) } }))))
}

/** A card with all limits that are known; without a signal it stays. */
export function requestsCard(signal) {
  const list = h('ul', { class: 'stack', 'aria-label': 'What is left' })
  const about = h('p', { class: 'quiet small' })
  const show = () => {
    about.textContent = plan()
    replace(list, allLimits().map(line))
  }
  limits.addEventListener('change', show, { signal })
  session.addEventListener('change', show, { signal })
  show()
  return card('Your requests', undefined, h('div', { class: 'stack', id: signal ? undefined : 'requests' }, about, list))
}

// For editors: ends what a cache holds, on all nodes, and keeps the values for loads that fail.

import { ask } from './api.js'
import { h, replace } from './dom.js'
import { number } from './format.js'
import { card } from './parts.js'
import { hasRole, session } from './session.js'

const CACHES = ['countries', 'regions', 'region', 'trending']

/** What the last use of the button came to; it outlives the card, which is drawn anew with the page. */
const said = h('p', { class: 'quiet small', id: 'doubted' })

/** A card with a button, for those who may. */
export function doubtCard(signal) {
  const place = h('div')
  const cache = h('select', { 'aria-label': 'Cache', style: { 'max-width': '14rem' } }, CACHES.map((name) => h('option', { value: name }, name)))
  const end = async () => {
    const { ended } = await ask(`live/${cache.value}/expired`, { method: 'POST' })
    said.textContent = `${number(ended)} ended, on all nodes. Whoever asks next has it loaded; if that fails, the old value answers.`
  }
  const show = () => replace(place, hasRole('editor') && card('Probably wrong', [cache, h('button', { id: 'doubt', onclick: end }, 'Load it anew')], said))
  session.addEventListener('change', show, { signal })
  show()
  return place
}

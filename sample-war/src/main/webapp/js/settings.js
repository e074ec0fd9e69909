// How a cache is set, and by whom: what its effective settings and its figures say as objects.

import { ask } from './api.js'
import { h, replace } from './dom.js'
import { figures, reading } from './figures.js'
import { number } from './format.js'
import { card } from './parts.js'

const FIRST = 'weather'

/** A card with a choice of caches and the settings of the chosen one. */
export function settingsCard(signal) {
  const choice = h('select', { id: 'settings-of', 'aria-label': 'Cache', style: { 'max-width': '14rem' }, onchange: () => again().catch(() => {}) })
  const facts = h('p', { class: 'quiet small', id: 'settings-facts' })
  const body = h('tbody', { id: 'settings' })
  const again = async () => {
    const told = await ask(`live/${encodeURIComponent(choice.value)}`, { signal })
    facts.textContent = factsOf(told)
    replace(body, told.set.map(({ name, value, origin }) => h('tr', {}, [name, value, origin].map((cell) => h('td', {}, cell)))))
  }
  const offer = ({ caches }) => {
    const known = new Set([...choice.options].map((option) => option.value))
    caches.filter(({ name }) => !known.has(name)).forEach(({ name }) => choice.append(h('option', { value: name, selected: name === FIRST }, name)))
    if (!body.children.length && choice.value) again().catch(() => {})
  }
  figures.addEventListener('reading', (event) => offer(event.detail), { signal })
  if (reading()) offer(reading())
  return card('How a cache is set', choice, facts, h('div', { class: 'scroll' }, h('table', { class: 'settings', 'aria-label': 'What somebody has set' },
    h('thead', {}, h('tr', {}, ['Setting', 'Value', 'From'].map((name) => h('th', { scope: 'col' }, name)))), body)))
}

function factsOf({ mode, version, codec, timeToLive, hitRate, nearSize, nearMaximum, evictions }) {
  return [
    `Tiers: ${mode}`, version ? `version ${version}` : 'no version', `codec ${codec}`, `entries live ${timeToLive === 'none' ? 'as something else says' : `${timeToLive.replace('PT', '').toLowerCase()} unless a rule or an option says otherwise`}`,
    `${(100 * hitRate).toFixed(1)} % of its reads found an entry`, `${number(nearSize)} of at most ${number(nearMaximum)} near`, `${number(evictions)} evicted`,
  ].join(' · ')
}

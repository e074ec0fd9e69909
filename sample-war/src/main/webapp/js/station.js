// The weather service as this node has it, for editors to put out of reach: then what it told answers, see the pages of cities.

import { ask } from './api.js'
import { h, replace } from './dom.js'
import { number } from './format.js'
import { card } from './parts.js'
import { every } from './router.js'
import { hasRole, session } from './session.js'

const REFRESH = 2500

/** A card with what this node has asked the service. */
export function stationCard(signal) {
  const state = h('span', { id: 'station-state' })
  const table = h('dl', { class: 'facts', id: 'station' })
  const buttons = h('p', { class: 'row' })
  const said = h('p', { class: 'quiet small', id: 'station-said', role: 'status' })
  let last
  const show = (told) => {
    last = told
    replace(state, h('span', { class: `badge ${told.reachable ? 'near' : 'database'}` }, told.reachable ? 'in reach' : 'out of reach'))
    replace(table, figure('asked', told.asked), figure('had nothing new', told.unchanged), figure('did not answer', told.failed))
    offer()
  }
  const attempt = (task) => async () => {
    try {
      said.textContent = await task()
      await again()
    } catch (failure) {
      said.textContent = failure.message
    }
  }
  const turn = attempt(async () => {
    await ask('weather', { method: 'PUT', body: { reachable: !last.reachable } })
    return ''
  })
  const forget = attempt(async () => {
    await ask('weather/now', { method: 'DELETE' })
    return 'Forgotten on all nodes, of every city, by one write for each partition.'
  })
  const offer = () => replace(buttons, last && hasRole('editor') && [
    h('button', { id: 'reach', onclick: turn }, last.reachable ? 'Take it away from this node' : 'Bring it back'),
    h('button', { id: 'forget-now', onclick: forget }, 'Forget what it told of now')])
  const again = async () => show(await ask('weather', { signal }))
  session.addEventListener('change', offer, { signal })
  again().catch(() => {})
  every(REFRESH, signal, again)
  return card('The weather service', state, h('div', { class: 'stack' },
    h('p', { class: 'quiet small' }, 'Cities ask it for their weather. While it is away, what it told answers, even if that is in doubt or its time is over.'),
    table, buttons, said))
}

const figure = (name, value) => h('div', {}, h('dt', {}, name), h('dd', { 'data-station': name }, number(value)))

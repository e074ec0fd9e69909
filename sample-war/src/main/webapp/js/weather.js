// The weather of a city: kept by code, asked for again before its time is over, and shown as it was where its service is away.

import { ask } from './api.js'
import { h, replace } from './dom.js'
import { ago } from './format.js'
import { badge, card } from './parts.js'
import { every } from './router.js'
import { hasRole, session } from './session.js'

const REFRESH = 5000
const SPANS = { now: 'Now', '24h': 'The next day', '7d': 'The next week' }

/** A card that keeps itself up to date; editors may call in doubt what it shows. */
export async function weatherCard(city, signal) {
  const source = h('span', { id: 'weather-source' })
  const beside = h('span', { class: 'row' })
  const sky = h('dl', { class: 'skies', id: 'weather' })
  const warning = h('p', { class: 'warning', id: 'warning', role: 'status', hidden: true })
  const before = h('p', { class: 'quiet small', id: 'weather-before' })
  const said = h('p', { class: 'quiet small', id: 'doubted', role: 'status' })
  const show = (answer) => {
    replace(source, badge(answer))
    replace(sky, answer.data.forecasts.map(skyOf))
    warning.textContent = answer.data.warning.text
    warning.hidden = !answer.data.warning.text
  }
  const again = async (label) => show(await ask(`cities/${city.id}/weather`, { label, signal }))
  const doubt = async () => {
    try {
      const { ended } = await ask(`cities/${city.id}/weather/doubt`, { method: 'POST' })
      await again('Weather')
      said.textContent = `${ended} of ${Object.keys(SPANS).length} forecasts ended, on all nodes. The service was asked whether they are right still; if it is away, they answer all the same.`
    } catch (failure) {
      said.textContent = failure.message
    }
  }
  const offer = () => replace(beside, source, hasRole('editor') && h('button', { id: 'doubt', onclick: doubt }, 'Probably wrong'))
  session.addEventListener('change', offer, { signal })
  offer()
  await again('Weather')
  replace(before, beforeOf(await ask(`cities/${city.id}/weather/before`, { signal })))
  every(REFRESH, signal, () => again())
  return card('Weather', beside, warning, sky, said, before)
}

function skyOf({ span, sky, degrees, unit, node, told }) {
  const known = sky !== 'unknown'
  return h('div', { 'data-span': span },
    h('dt', {}, SPANS[span] ?? span),
    h('dd', {}, known ? `${degrees} °${unit}` : '–', h('small', {}, sky)),
    h('p', { class: 'quiet small' }, known ? `told to ${node}, ${ago(told)}` : 'the service is out of reach'))
}

const beforeOf = (forecasts) => `The release before keeps the same in Fahrenheit, in version 1 of the cache, side by side: ${forecasts.map(({ degrees, unit, sky }) => (sky === 'unknown' ? '–' : `${degrees} °${unit}`)).join(', ')}.`

// A few of the figures that the server's MicroProfile Metrics show, read as any collector reads them, and where the others are.

import { h, replace } from './dom.js'
import { number } from './format.js'
import { card } from './parts.js'
import { every } from './router.js'
import { hasRole, session } from './session.js'

// The server's own address, whatever the application's is.
const METRICS = '/metrics'
const REFRESH = 5000
const SHOWN = [
  ['nearfar_cache_hits_total', 'tier="near"', 'near hits'],
  ['nearfar_cache_hits_total', 'tier="far"', 'far hits'],
  ['nearfar_cache_misses_total', '', 'misses'],
  ['nearfar_messages_received_total', '', 'messages of writes received'],
  ['nearfar_message_gaps_total', '', 'messages lost'],
  ['nearfar_far_breakers_open', '', 'servers left alone'],
  ['nearfar_limit_decisions_total', 'result="denied"', 'requests denied'],
]

/** A card that reads them every few seconds while it is shown. */
export function metricsCard(signal) {
  const table = h('dl', { class: 'facts', id: 'metrics' })
  const links = h('p', { class: 'row' })
  const show = () => replace(links, h('a', { href: METRICS, id: 'all-metrics' }, 'All, for a collector'), hasRole('admin') && h('a', { href: 'cache-metrics', id: 'cache-metrics' }, 'Those of the caches alone'))
  const again = async () => replace(table, figuresOf(await read(signal)))
  session.addEventListener('change', show, { signal })
  show()
  again().catch(() => signal.aborted || replace(table, h('div', {}, h('dt', {}, 'This server has no MicroProfile Metrics.'))))
  every(REFRESH, signal, again)
  return card('Metrics', undefined, table, links)
}

async function read(signal) {
  const response = await fetch(METRICS, { signal, headers: { Accept: 'text/plain' } })
  if (!response.ok) throw new Error(`The server answered ${response.status}.`)
  return (await response.text()).split('\n').map((line) => /^(\w+)(?:\{(.*)\})? (\S+)/.exec(line)).filter(Boolean)
}

function figuresOf(samples) {
  return SHOWN.map(([name, tag, said]) => {
    const sum = samples.filter(([, its, tags = '']) => its === name && tags.includes(tag)).reduce((all, [, , , value]) => all + Number(value), 0)
    return h('div', { title: name }, h('dt', {}, said), h('dd', { 'data-metric': said }, number(sum)))
  })
}

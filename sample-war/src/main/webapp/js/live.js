// The live view: how many answers each tier gave, what the tiers hold, how long they take.

import { answers } from './api.js'
import { h, replace, svg } from './dom.js'
import { figures, reading } from './figures.js'
import { compact, millis, number } from './format.js'
import { healthCard } from './health.js'
import { metricsCard } from './metrics.js'
import { badge, card } from './parts.js'
import { requestsCard } from './requests.js'
import { settingsCard } from './settings.js'
import { stationCard } from './station.js'
import { visitorsButton } from './visitors.js'
import { warmingCard } from './warming.js'
import { heardCard } from './warnings.js'

const TIERS = [['near', 'nearHits'], ['far', 'farHits'], ['database', 'misses']]
const NAMES = { near: 'near', far: 'far', database: 'missed' }
const LOGGED = 8
const POINTS = 60

const average = (nanos, count) => (nanos && count ? millis(nanos / count / 1e6) : '–')
const legend = () => h('div', { class: 'legend' }, TIERS.map(([tier]) => h('span', { class: tier }, NAMES[tier])))

/** The share of each tier in all answers, as a bar. */
function share(counted) {
  const text = TIERS.map(([tier, key]) => `${NAMES[tier]} ${number(counted[key])}`).join(', ')
  return h('div', { class: 'share', role: 'img', 'aria-label': text }, TIERS.map(([tier, key]) => h('i', { class: tier, style: { 'flex-grow': String(counted[key]) } })))
}

/** Answers a second over the last minute, one line for each tier. */
function spark(rates, keys, tall) {
  const most = Math.max(1, ...rates.flatMap((point) => keys.map(([, key]) => point[key])))
  const x = (i) => ((i + POINTS - rates.length) / (POINTS - 1)) * 100
  const y = (value) => 30 - (value / most) * 27
  const line = (key) => rates.map((point, i) => `${i ? 'L' : 'M'}${x(i).toFixed(2)} ${y(point[key]).toFixed(2)}`).join('')
  return svg(
    'svg', { class: `spark${tall ? ' tall' : ''}`, viewBox: '0 0 100 32', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    rates.length > 1 && keys.map(([tier, key]) => [
      svg('path', { class: `area ${tier}`, d: `${line(key)}L100 32L${x(0).toFixed(2)} 32Z` }),
      svg('path', { class: tier, d: line(key) }),
    ]),
  )
}

function totalsOf(totals, more) {
  const rate = totals.rates.at(-1) ?? { nearHits: 0, farHits: 0, misses: 0 }
  const figure = (name, value, tier) => h('div', { class: tier ?? '' }, h('b', {}, value), h('small', {}, name))
  return h('div', { class: `totals${more ? ' four' : ''}` },
    figure('near', compact(totals.nearHits), 'near'),
    figure('far', compact(totals.farHits), 'far'),
    figure(NAMES.database, compact(totals.misses), 'database'),
    more && figure('answers a second', compact(rate.nearHits + rate.farHits + rate.misses)))
}

/** The small view beside the pages, with a log of the answers that the page got. */
export function side(place) {
  const view = h('div', { class: 'stack' })
  const log = h('ol', { class: 'log' })
  const show = ({ totals }) => replace(view, totalsOf(totals), share(totals), spark(totals.rates, TIERS))
  figures.addEventListener('reading', (event) => show(event.detail))
  answers.addEventListener('answer', ({ detail }) => {
    log.prepend(h('li', {}, h('span', {}, detail.label), badge(detail)))
    if (log.children.length > LOGGED) log.lastChild.remove()
  })
  replace(place,
    card('The cache, live', h('a', { class: 'small', href: '#/live' }, 'All caches'), view, h('div', { style: { 'margin-top': '1rem' } }, visitorsButton())),
    card('Your answers', undefined, log),
    requestsCard())
}

/** The page with every cache. */
export async function live(signal) {
  document.title = 'The cache, live · Gazetteer'
  const top = h('div', { class: 'stack' })
  const body = h('tbody')
  const columns = ['Cache', 'Answers', 'Near', 'Far', 'Missed', 'Near size', 'Dropped', 'Stale', 'Near takes', 'Far takes', 'Load takes', 'Last minute']
  const show = ({ totals, caches }) => {
    replace(top, totalsOf(totals, true), share(totals), spark(totals.rates, TIERS, true), more(totals))
    replace(body, caches.map((cache) => line(cache, columns)))
  }
  figures.addEventListener('reading', (event) => show(event.detail), { signal })
  if (reading()) show(reading())
  return [
    h('div', { class: 'row' }, h('h1', { style: { flex: '1 1 14rem' } }, 'The cache, live'), visitorsButton()),
    card('All caches of this node', legend(), top),
    h('div', { class: 'pair' }, healthCard(signal), warmingCard(signal)),
    h('div', { class: 'pair' }, stationCard(signal), heardCard(signal)),
    settingsCard(signal),
    metricsCard(signal),
    card('Cache by cache', undefined, h('div', { class: 'scroll' }, h('table', { class: 'caches', 'aria-label': 'Figures of every cache' }, h('thead', {}, h('tr', {}, columns.map((name) => h('th', { scope: 'col' }, name)))), body))),
  ]
}

function more(totals) {
  const hits = totals.nearHits + totals.farHits
  const rate = hits + totals.misses ? (100 * hits) / (hits + totals.misses) : 0
  return h('p', { class: 'quiet small' },
    `${rate.toFixed(1)} % of all reads found an entry. `,
    `On average near ${average(totals.nearNanos, totals.nearHits)}, far ${average(totals.farNanos, totals.farHits)}, a load from the database ${average(totals.loadNanos, totals.loads)}. `,
    `${number(totals.nearSize)} entries near, ${number(totals.puts)} put, ${number(totals.removals)} removed, ${number(totals.invalidations)} invalidated, ${number(totals.evictions)} evicted.`)
}

function line(cache, columns) {
  const cells = [
    cache.name, share(cache),
    number(cache.nearHits), number(cache.farHits), number(cache.misses), number(cache.nearSize),
    number(cache.invalidations), number(cache.staleAnswers + cache.graceAnswers),
    average(cache.nearNanos, cache.nearHits), average(cache.farNanos, cache.farHits), average(cache.loadNanos, cache.loads),
    spark(cache.rates, TIERS),
  ]
  const classes = { 1: 'wide', 8: 'near', 9: 'far', 10: 'database' }
  return h('tr', {}, cells.map((cell, i) => h('td', { class: classes[i], 'data-label': columns[i] }, cell)))
}

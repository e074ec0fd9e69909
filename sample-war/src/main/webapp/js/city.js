// The page of a city. It asks again every few seconds, so a change made on any node appears by itself.

import { ask } from './api.js'
import { aroundPlot } from './around.js'
import { h, replace } from './dom.js'
import { editButton } from './edit.js'
import { coordinates, distance, number, people } from './format.js'
import { badge, card, empty, flagOf, placeLine } from './parts.js'
import { postsCard } from './posts.js'
import { every } from './router.js'
import { hasRole, keep, keeps, profile, session } from './session.js'
import { weatherCard } from './weather.js'
import { drawWorld, world } from './world.js'

const REFRESH = 2500
const KINDS = { PPLC: 'Capital', PPLA: 'Seat of a region', PPLA2: 'Seat of a district', PPLA3: 'Seat of a municipality', PPLX: 'Part of a city', PPLL: 'Small place' }

export async function city(signal, id) {
  const first = await ask(`cities/${id}?view=true`, { label: 'City', signal })
  document.title = `${first.data.city.name} · Gazetteer`
  const facts = h('dl', { class: 'card facts' })
  const note = h('p', { class: 'card note', id: 'note' })
  const source = h('span', { id: 'source' })
  let shown
  const show = (answer) => {
    replace(source, badge(answer))
    replace(facts, factsOf(answer.data, shown))
    note.textContent = answer.data.note ?? ''
    note.hidden = !answer.data.note
    shown = answer.data
  }
  show(first)
  every(REFRESH, signal, async () => show(await ask(`cities/${id}`, { signal })))
  return [
    head(first.data, source, () => shown, show, signal),
    note, facts,
    await weatherCard(first.data.city, signal),
    ...(await surroundings(first.data.city, signal)),
    await postsCard(first.data.city, signal),
  ]
}

function head(page, source, current, show, signal) {
  const { city: place, regionCode, feature } = page
  const actions = h('div', { class: 'row' })
  const offer = () => replace(actions, actionsOf(place, current, show))
  offer()
  session.addEventListener('change', offer, { signal })
  return h(
    'div', { class: 'city-head' },
    h('nav', { class: 'crumbs', 'aria-label': 'Where it lies' },
      h('a', { href: `#/country/${place.countryCode}` }, flagOf(place.countryCode), place.country),
      regionCode && [h('span', { 'aria-hidden': 'true' }, '›'), h('a', { href: `#/region/${regionCode}/${encodeURIComponent(place.region)}` }, place.region)]),
    h('h1', {}, place.name),
    h('div', { class: 'row' }, KINDS[feature] && h('span', { class: 'kind' }, KINDS[feature]), source, actions),
  )
}

function actionsOf(place, current, show) {
  if (!profile()) return []
  const kept = keeps(place.id)
  const star = h('button', { class: kept ? 'kept' : '', 'aria-pressed': String(kept), onclick: () => keep(place.id, !kept) }, kept ? '★ Kept' : '☆ Keep')
  return [star, hasRole('editor') && editButton(place, current, show)]
}

function factsOf(page, before) {
  const { city: place } = page
  const fact = (name, value, more, old) =>
    h('div', { class: before && old !== undefined && old !== value ? 'changed' : '' }, h('dt', {}, name), h('dd', {}, value, more && h('small', {}, more)))
  const written = (one) => (one.city.population ? number(one.city.population) : 'unknown')
  const link = (neighbour) => h('a', { href: `#/city/${neighbour.city.id}` }, neighbour.city.name)
  return [
    fact('Population', h('span', { id: 'population' }, written(page)), undefined, undefined),
    fact('In its country', `No. ${number(page.rankInCountry)}`, `No. ${number(page.rankInWorld)} in the world`, before && `No. ${number(before.rankInCountry)}`),
    fact(`Within ${distance(100)}`, `${people(page.peopleAround)} people`, `in ${number(page.citiesAround + 1)} places`),
    fact('Position', coordinates(place)),
    page.nearestMetropolis && fact('Nearest metropolis', link(page.nearestMetropolis), distance(page.nearestMetropolis.kilometres)),
    page.antipode && fact('On the other side', link(page.antipode), `${distance(page.antipode.kilometres)} from the antipode`),
  ]
}

async function surroundings(place, signal) {
  const [answer, map] = await Promise.all([ask(`cities/${place.id}/nearby`, { label: 'Nearby', signal }), world()])
  const locator = h('canvas', { class: 'locator', role: 'img', 'aria-label': `${place.name} on the map of the world: ${coordinates(place)}` })
  drawWorld(locator, map.data, signal, place)
  const nearest = answer.data.slice(0, 9)
  return [h(
    'div', { class: 'pair' },
    card('Around', badge(answer), answer.data.length ? aroundPlot(place, answer.data) : empty(`No other place within ${distance(50)}.`), locator),
    card('Nearest places', undefined, h('ol', { class: 'places' }, nearest.map(({ city: other, kilometres }) => placeLine(other, distance(kilometres))))),
  )]
}

// The first page: the world, what people look at now, the countries.

import { ask } from './api.js'
import { h, replace } from './dom.js'
import { number, people } from './format.js'
import { badge, card, empty, flagOf, placeLine } from './parts.js'
import { every } from './router.js'
import { drawWorld, placeAt, world } from './world.js'

const REFRESH = 5000

export async function home(signal) {
  document.title = 'Gazetteer'
  const [map, countries, trending] = await Promise.all([
    world(),
    ask('countries', { label: 'Countries', signal }),
    ask('trending', { label: 'Trending', signal }),
  ])
  return [hero(map, countries.data, signal), h('div', { class: 'pair' }, trendingCard(trending, signal), countriesCard(countries))]
}

function hero(map, countries, signal) {
  const cities = countries.reduce((sum, country) => sum + country.cities, 0)
  const canvas = h('canvas', { role: 'img', 'aria-label': 'Map of the inhabited world, with its largest cities' })
  const tip = h('div', { class: 'tip', hidden: true })
  const section = h(
    'section', { class: 'card world' },
    h('div', { class: 'title' },
      h('div', {}, h('h1', {}, 'Every city, one keystroke away'), h('p', { class: 'quiet' }, `${number(cities)} places in ${countries.length} countries and territories`)),
      badge(map)),
    h('div', { class: 'globe' }, canvas, tip),
  )
  drawWorld(canvas, map.data, signal)
  listen(canvas, tip, map.data.metropolises)
  return section
}

function listen(canvas, tip, cities) {
  const at = (event) => placeAt(canvas, cities, event.offsetX, event.offsetY)
  canvas.addEventListener('pointermove', (event) => {
    const found = at(event)
    tip.hidden = !found
    canvas.style.cursor = found ? 'pointer' : ''
    if (!found) return
    tip.textContent = `${found.city.name} · ${people(found.city.population)}`
    tip.style.left = `${Math.max(70, Math.min(canvas.clientWidth - 70, found.left))}px`
    tip.style.top = `${Math.max(36, found.top)}px`
  })
  canvas.addEventListener('pointerleave', () => { tip.hidden = true })
  canvas.addEventListener('click', (event) => {
    const found = at(event)
    if (found) location.hash = `#/city/${found.city.id}`
  })
}

function trendingCard(first, signal) {
  const list = h('ol', { class: 'places rank' })
  const source = h('span')
  const show = (answer) => {
    replace(source, badge(answer))
    if (answer.data.length) replace(list, answer.data.map(({ city, views }, i) => placeLine(city, `${views} ${views === 1 ? 'view' : 'views'}`, i + 1)))
    else replace(list, h('li', {}, empty('Nobody looked at a city in the last ten minutes. Be the first.')))
  }
  show(first)
  every(REFRESH, signal, async () => show(await ask('trending', { signal })))
  return card('Trending now', source, list)
}

function countriesCard(answer) {
  const largest = [...answer.data].sort((one, other) => other.population - one.population).slice(0, 10)
  return card(
    'Countries', badge(answer),
    countryBars(largest),
    h('p', { style: { 'margin-top': '.8rem' } }, h('a', { href: '#/countries' }, `All ${answer.data.length} countries`)),
  )
}

export function countryBars(countries) {
  const most = Math.max(1, ...countries.map((country) => country.population))
  return h('ul', { class: 'places bars' }, countries.map((country) => h(
    'li', {},
    h(
      'a', { href: `#/country/${country.code}`, style: { '--share': `${(100 * country.population) / most}%` } },
      h('strong', {}, flagOf(country.code), country.name),
      h('span', { class: 'figure' }, people(country.population)),
    ),
  )))
}

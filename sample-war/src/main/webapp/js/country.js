// Countries, the regions of one, the cities of a region, and the results of a search.

import { ask } from './api.js'
import { h } from './dom.js'
import { number, people } from './format.js'
import { largestCard } from './largest.js'
import { badge, card, empty, flagOf, placeLine } from './parts.js'
import { leftOf } from './requests.js'
import { warningCard } from './warnings.js'

const all = (signal) => ask('countries', { label: 'Countries', signal })

export async function countries(signal) {
  document.title = 'Countries · Gazetteer'
  const answer = await all(signal)
  const list = h('ul', { class: 'places columns' }, [...answer.data].sort((one, other) => one.name.localeCompare(other.name, 'en')).map((country) => h(
    'li', { 'data-name': country.name.toLowerCase() },
    h(
      'a', { href: `#/country/${country.code}` },
      h('strong', {}, flagOf(country.code), country.name),
      h('span', { class: 'figure' }, number(country.cities)),
    ),
  )))
  const filter = h('input', {
    id: 'filter', type: 'search', placeholder: 'Filter', 'aria-label': 'Filter the countries', style: { 'max-width': '14rem' },
    oninput: () => [...list.children].forEach((line) => { line.hidden = !line.dataset.name.includes(filter.value.trim().toLowerCase()) }),
  })
  return [h('h1', {}, 'Countries'), card(`${answer.data.length} countries and territories`, [badge(answer), filter], list)]
}

export async function country(signal, code) {
  const [countriesAnswer, regions, largest] = await Promise.all([
    all(signal),
    ask(`countries/${encodeURIComponent(code)}/regions`, { label: `Regions of ${code}`, signal }),
    largestCard(code, signal),
  ])
  const found = countriesAnswer.data.find((one) => one.code === code)
  if (!found) return [h('h1', {}, 'No such country'), h('p', {}, h('a', { href: '#/countries' }, 'All countries'))]
  document.title = `${found.name} · Gazetteer`
  const most = Math.max(1, ...regions.data.map((region) => region.population))
  return [
    h('div', { class: 'city-head' },
      h('div', { class: 'crumbs' }, h('a', { href: '#/countries' }, 'Countries')),
      h('h1', {}, flagOf(code), found.name),
      h('p', { class: 'quiet' }, `${number(found.cities)} places, ${people(found.population)} people in them`)),
    card('Regions', badge(regions), regions.data.length ? h('ul', { class: 'places bars' }, regions.data.map((region) => h(
      'li', {},
      h(
        'a', { href: `#/region/${region.code}/${encodeURIComponent(region.name)}`, style: { '--share': `${(100 * region.population) / most}%` } },
        h('strong', {}, region.name),
        h('span', { class: 'where' }, `${number(region.cities)} ${region.cities === 1 ? 'place' : 'places'}`),
        h('span', { class: 'figure' }, people(region.population)),
      ),
    ))) : empty('This country is not divided.')),
    h('div', { class: 'pair' }, largest, warningCard(code, signal)),
  ]
}

export async function region(signal, code, name = code) {
  document.title = `${name} · Gazetteer`
  const answer = await ask(`regions/${encodeURIComponent(code)}/cities`, { label: name, signal })
  const land = answer.data[0]
  return [
    h('div', { class: 'city-head' },
      h('div', { class: 'crumbs' }, land && h('a', { href: `#/country/${land.countryCode}` }, land.country)),
      h('h1', {}, name)),
    card('Largest places', badge(answer), answer.data.length ? h('ol', { class: 'places rank' }, answer.data.map((city, i) => placeLine(city, undefined, i + 1))) : empty('No place of this region is known.')),
  ]
}

export async function search(signal, typed = '', land = '', page = '0') {
  document.title = `“${typed}” · Gazetteer`
  const query = new URLSearchParams({ q: typed, country: land === 'all' ? '' : land, page })
  const [answer, lands] = await Promise.all([ask(`cities?${query}`, { label: `“${typed}”, all`, signal }), all(signal)])
  const { cities, total, pages } = answer.data
  const to = (country, number) => `#/search/${encodeURIComponent(typed)}/${country || 'all'}/${number}`
  const select = h(
    'select', { 'aria-label': 'Country', style: { 'max-width': '14rem' }, onchange: () => { location.hash = to(select.value, 0) } },
    h('option', { value: 'all' }, 'All countries'),
    lands.data.map((one) => h('option', { value: one.code, selected: one.code === land }, one.name)),
  )
  const now = Number(page)
  return [
    h('div', { class: 'stack tight' }, h('h1', {}, `“${typed}”`), leftOf('searches', signal)),
    card(`${number(total)} ${total === 1 ? 'place' : 'places'}`, [badge(answer), select],
      cities.length ? h('ul', { class: 'places' }, cities.map((city) => placeLine(city))) : empty('No place has this in its name.'),
      pages > 1 && h('nav', { class: 'pager', 'aria-label': 'Pages of the results' },
        now > 0 ? h('a', { href: to(land, now - 1) }, '← Larger places') : h('span'),
        h('span', { class: 'quiet small' }, `Page ${number(now + 1)} of ${number(pages)}`),
        now + 1 < pages ? h('a', { href: to(land, now + 1) }, 'Smaller places →') : h('span'))),
  ]
}

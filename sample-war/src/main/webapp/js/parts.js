// Small parts that several pages show.

import { h } from './dom.js'
import { flag, millis, people } from './format.js'

/** Where an answer came from and how long it took. */
export function badge({ from, millis: took, cache }) {
  const said = { near: 'this process’s memory', far: 'Redis', database: 'the database', service: 'the weather service' }[from]
  return h(
    'span',
    { class: `badge ${from}`, title: `Answered by ${said}${cache ? `, cache “${cache}”` : ''}` },
    from, ' ', h('b', {}, millis(took)),
  )
}

/** A card with a heading and, beside it, a badge or other things. */
export function card(title, beside, ...children) {
  return h('section', { class: 'card' }, h('header', {}, h('h2', {}, title), h('div', { class: 'row' }, beside)), ...children)
}

export const flagOf = (code) => h('span', { class: 'flag', 'aria-hidden': 'true' }, flag(code))

/** A line of a list of places; what stands at its right is the population unless told. */
export function placeLine(city, figure = people(city.population), position) {
  return h(
    'li', {},
    h(
      'a', { href: `#/city/${city.id}` },
      position && h('span', { class: 'place', 'aria-hidden': 'true' }, String(position)),
      h('strong', {}, city.name),
      h('span', { class: 'where' }, flagOf(city.countryCode), [city.region, city.country].filter(Boolean).join(', ')),
      h('span', { class: 'figure' }, figure),
    ),
  )
}

/** A form control under its label. */
export function field(label, control) {
  return h('div', {}, h('label', { for: control.id }, label), control)
}

export const avatar = (name) => h('span', { class: 'avatar', 'aria-hidden': 'true' }, name.slice(0, 1).toUpperCase())

export const empty = (text) => h('p', { class: 'empty' }, text)

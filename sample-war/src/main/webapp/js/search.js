// Search as you type: a combobox that asks a moment after the last key and forgets questions that were overtaken.

import { ask } from './api.js'
import { h, replace, svg } from './dom.js'
import { people } from './format.js'
import { badge, flagOf } from './parts.js'
import { leftOf } from './requests.js'

const PAUSE = 110

export function searchBox() {
  const input = h('input', {
    id: 'q', type: 'search', placeholder: 'Search a city', autocomplete: 'off', spellcheck: 'false', maxlength: 60,
    role: 'combobox', 'aria-label': 'Search a city', 'aria-expanded': 'false', 'aria-controls': 'options', 'aria-autocomplete': 'list',
  })
  const list = h('ul', { id: 'options', role: 'listbox', 'aria-label': 'Cities' })
  const source = h('span')
  const box = h('div', { class: 'options', hidden: true }, list, h('footer', {}, h('span', {}, 'Enter shows all'), leftOf('suggestions'), source))
  const state = { cities: [], chosen: -1, asking: new AbortController(), timer: 0 }

  function show(open) {
    box.hidden = !open
    input.setAttribute('aria-expanded', String(open))
  }

  function choose(index) {
    state.chosen = index
    ;[...list.children].forEach((option, i) => option.setAttribute('aria-selected', String(i === index)))
    if (index < 0) input.removeAttribute('aria-activedescendant')
    else input.setAttribute('aria-activedescendant', `option-${index}`)
  }

  function go(hash) {
    state.asking.abort()
    clearTimeout(state.timer)
    show(false)
    input.blur()
    location.hash = hash
  }

  function option(city, index) {
    return h(
      'li', { id: `option-${index}`, role: 'option', 'aria-selected': 'false', onpointerdown: (event) => { event.preventDefault(); go(`#/city/${city.id}`) } },
      h('span', {}, flagOf(city.countryCode), h('strong', {}, city.name), h('span', { class: 'quiet' }, ` ${[city.region, city.country].filter(Boolean).join(', ')}`)),
      h('span', { class: 'quiet number' }, people(city.population)),
    )
  }

  async function suggest() {
    const typed = input.value.trim()
    state.asking.abort()
    if (!typed) return show(false)
    const mine = (state.asking = new AbortController())
    try {
      const answer = await ask(`cities/suggestions?q=${encodeURIComponent(typed)}`, { label: `“${typed}”`, signal: mine.signal })
      state.cities = answer.data
      replace(list, answer.data.map(option))
      if (!answer.data.length) replace(list, h('li', { class: 'quiet' }, 'No city begins so'))
      replace(source, badge(answer))
      choose(-1)
      show(true)
    } catch (failure) {
      if (mine.signal.aborted) return
      state.cities = []
      choose(-1)
      replace(list, h('li', { class: 'problem wrapped', role: 'alert' }, failure.message))
      replace(source)
      show(true)
    }
  }

  function key(event) {
    const count = state.cities.length
    const step = { ArrowDown: 1, ArrowUp: count }[event.key]
    // One position more than cities: none chosen.
    if (step && count) choose(((state.chosen + 1 + step) % (count + 1)) - 1)
    else if (event.key === 'Escape') return show(false)
    else if (event.key === 'Enter' && input.value.trim()) {
      go(state.chosen >= 0 && !box.hidden ? `#/city/${state.cities[state.chosen].id}` : `#/search/${encodeURIComponent(input.value.trim())}`)
    } else return
    event.preventDefault()
  }

  input.addEventListener('input', () => {
    clearTimeout(state.timer)
    state.timer = setTimeout(suggest, PAUSE)
  })
  input.addEventListener('keydown', key)
  input.addEventListener('blur', () => show(false))
  input.addEventListener('focus', () => input.value.trim() && state.cities.length && show(true))
  addEventListener('keydown', (event) => {
    if (event.key === '/' && !/input|textarea|select/i.test(document.activeElement.tagName)) {
      event.preventDefault()
      input.focus()
    }
  })
  return [svg('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, svg('circle', { cx: 10, cy: 10, r: 7 }), svg('path', { d: 'm20 20-5-5' })), input, box]
}

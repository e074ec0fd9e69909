// What this node does about lists that are loaded before anybody asks for them.

import { h, replace } from './dom.js'
import { figures, reading } from './figures.js'
import { number } from './format.js'
import { card } from './parts.js'

const STATES = { WAITING: 'waits', RUNNING: 'runs here', DONE: 'done here', ELSEWHERE: 'done by another node', FAILED: 'failed, is tried again' }

/** A card with all of them. */
export function warmingCard(signal) {
  const list = h('ul', { class: 'stack', id: 'warmings' })
  const show = ({ warmings = [] }) => replace(list, warmings.map(line))
  figures.addEventListener('reading', (event) => show(event.detail), { signal })
  if (reading()) show(reading())
  return card('Loaded before anybody asks', undefined, list)
}

function line({ name, cache, state, loaded, failed, expected }) {
  const most = Math.max(expected, loaded + failed)
  const figuresOf = state === 'DONE' || state === 'RUNNING' ? `${number(loaded)} of ${number(most)} loaded${failed ? `, ${number(failed)} failed` : ''}` : ''
  return h('li', { class: 'stack tight' },
    h('div', { class: 'row' }, h('strong', {}, name), h('span', { class: 'badge near' }, STATES[state] ?? state), h('span', { class: 'kind' }, `cache ${cache}`)),
    h('p', { class: 'quiet small number' }, figuresOf))
}

// Warnings of the weather: those of a country, which editors give, and what this node heard of them, also from other nodes.

import { ask } from './api.js'
import { h, replace } from './dom.js'
import { ago } from './format.js'
import { card, empty, field, flagOf } from './parts.js'
import { every } from './router.js'
import { hasRole, session } from './session.js'

const REFRESH = 2500
const MINUTES = 10

/** A card with the warning of a country, and for editors a form that gives one. */
export function warningCard(code, signal) {
  const text = h('p', { class: 'warning', id: 'warning', role: 'status' })
  const giving = h('div')
  const problem = h('p', { class: 'problem', role: 'alert' })
  const path = `warnings/${encodeURIComponent(code)}`
  const show = (warning) => {
    text.textContent = warning.text || 'Nobody warns of the weather here.'
    text.classList.toggle('warning', Boolean(warning.text))
  }
  const again = async () => show(await ask(path, { signal }))
  const change = async (options) => {
    try {
      show(await ask(path, options))
      problem.textContent = ''
    } catch (failure) {
      problem.textContent = failure.message
    }
  }
  const offer = () => replace(giving, hasRole('editor') && form(change))
  session.addEventListener('change', offer, { signal })
  offer()
  again().catch(() => {})
  every(REFRESH, signal, again)
  return card('Weather warning', undefined, h('div', { class: 'stack' }, text, giving, problem))
}

function form(change) {
  const text = h('input', { id: 'warning-text', maxlength: 140, required: true })
  const give = (event) => {
    event.preventDefault()
    change({ method: 'PUT', body: { text: text.value, minutes: MINUTES } })
  }
  return h('form', { class: 'stack', onsubmit: give }, field(`Warn for ${MINUTES} minutes, on all nodes`, text),
    h('div', { class: 'row' }, h('button', { class: 'strong', id: 'warn' }, 'Warn'), h('button', { type: 'button', onclick: () => change({ method: 'DELETE' }) }, 'Take it back')))
}

/** A card with what this node heard. */
export function heardCard(signal) {
  const list = h('ol', { class: 'log', id: 'heard' })
  const again = async () => {
    const heard = await ask('warnings', { signal })
    replace(list, heard.length ? heard.map(line) : h('li', {}, empty('Nothing yet: give a warning on the page of a country, on this node or on another.')))
  }
  again().catch(() => {})
  every(REFRESH, signal, again)
  return card('Heard of warnings', undefined, list)
}

const line = ({ country, change, text, node, when }) => h('li', {},
  h('span', {}, flagOf(country), `${country}: ${text}`),
  h('span', { class: 'row' }, h('span', { class: 'kind' }, `${change}${change === 'taken back' ? '' : ` on ${node}`}`), h('time', { class: 'quiet' }, ago(when))))

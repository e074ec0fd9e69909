// The page that the address after the hash names. A page is a function (signal, ...parts) that returns its elements;
// the signal ends what the page began (timers, listeners, questions) when another takes its place.

import { h, replace } from './dom.js'
import { Problem } from './api.js'

const main = document.getElementById('page')
let ending = new AbortController()

/** Shows the page of the address now and whenever it changes. */
export function route(pages) {
  const show = () => open(pages)
  addEventListener('hashchange', show)
  return show()
}

async function open(pages) {
  const [name = 'home', ...parts] = location.hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decodeURIComponent)
  const page = pages[name.split('?')[0]] ?? pages.unknown
  ending.abort()
  const mine = (ending = new AbortController())
  mark(name)
  main.setAttribute('aria-busy', 'true')
  const content = await build(page, mine.signal, parts)
  if (mine.signal.aborted) return
  replace(main, content)
  main.setAttribute('aria-busy', 'false')
  main.dispatchEvent(new CustomEvent('shown'))
  scrollTo(0, 0)
}

async function build(page, signal, parts) {
  try {
    return await page(signal, ...parts)
  } catch (failure) {
    if (signal.aborted) return []
    if (failure instanceof Problem && failure.status === 429) return later(failure, signal)
    const title = failure instanceof Problem && failure.status === 404 ? 'Not in this gazetteer' : 'That did not work'
    return h('section', { class: 'card stack' }, h('h1', {}, title), h('p', {}, failure.message), h('p', {}, h('a', { href: '#/' }, 'Back to the map')))
  }
}

/** For who has to wait: why, and a button that counts down. */
function later(refused, signal) {
  let seconds = refused.wait
  const button = h('button', { class: 'strong', disabled: true, onclick: () => again() })
  const show = () => {
    button.textContent = seconds > 0 ? `Try again in ${seconds} s` : 'Try again'
    button.disabled = seconds > 0
  }
  const timer = setInterval(() => { seconds--; show() }, 1000)
  signal.addEventListener('abort', () => clearInterval(timer))
  show()
  return h('section', { class: 'card stack' }, h('h1', {}, 'A moment, please'), h('p', { id: 'refused' }, refused.message), h('p', {}, button))
}

function mark(name) {
  document.querySelectorAll('[data-page]').forEach((link) => {
    if (link.dataset.page === name) link.setAttribute('aria-current', 'page')
    else link.removeAttribute('aria-current')
  })
  document.querySelector('.frame').classList.toggle('wide', name === 'live')
}

/** Opens the present address again. */
export const again = () => dispatchEvent(new HashChangeEvent('hashchange'))

/** Calls a function every so often while the page is shown and visible. What failed once is tried again next time. */
export function every(interval, signal, task) {
  const timer = setInterval(() => document.hidden || task().catch(() => {}), interval)
  signal.addEventListener('abort', () => clearInterval(timer))
}

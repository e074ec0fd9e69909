// How well the node is: what it tells a platform that asks whether it is ready, and where administrators see more.

import { h, replace } from './dom.js'
import { card } from './parts.js'
import { hasRole, session } from './session.js'

// The server's own address, whatever the application's is.
const READY = '/health/ready'

/** A card that asks once, when it is shown. */
export function healthCard(signal) {
  const checks = h('ul', { class: 'stack', id: 'ready' }, h('li', { class: 'quiet' }, 'Asking …'))
  const more = h('p', { class: 'row' })
  const show = () => replace(more, hasRole('admin')
    ? [h('a', { href: 'cache-status', id: 'status' }, 'Status'), h('a', { href: 'cache-debug' }, 'Try the cache')]
    : h('span', { class: 'quiet small' }, 'Administrators also see the status: sign in as ada.'))
  session.addEventListener('change', show, { signal })
  show()
  ask(signal).then((told) => replace(checks, told.checks.map(check)), () => signal.aborted || replace(checks, h('li', { class: 'quiet' }, 'This server has no MicroProfile Health.')))
  return card('Is this node ready?', undefined, h('div', { class: 'stack' }, checks, more))
}

/** A node that is not ready says so with status 503 and the same body. */
async function ask(signal) {
  return (await fetch(READY, { signal })).json()
}

function check({ name, status, data = {} }) {
  const up = status === 'UP'
  return h('li', { class: 'stack tight' },
    h('div', { class: 'row' }, h('strong', {}, name), h('span', { class: up ? 'badge near' : 'badge database' }, up ? 'ready' : 'not ready'), data.state && h('span', { class: 'kind' }, `far tier ${data.state.replace('_', ' ')}`)),
    data.message && h('p', { class: 'quiet small' }, data.message))
}

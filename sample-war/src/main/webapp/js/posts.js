// Posts: those about a city, the feed of one's own cities, and the notifications.

import { ask } from './api.js'
import { h, replace } from './dom.js'
import { since } from './format.js'
import { avatar, badge, card, empty, field } from './parts.js'
import { every } from './router.js'
import { profile, session } from './session.js'
import { signInButton } from './account.js'

const REFRESH = 4000

function postLine(post, { withCity, unseen } = {}) {
  return h(
    'li', { class: unseen ? 'unseen' : '' },
    h('div', { class: 'row' },
      avatar(post.person),
      h('strong', {}, post.person),
      withCity && h('span', {}, 'on ', h('a', { href: `#/city/${post.cityId}` }, post.city)),
      h('time', { class: 'quiet small', datetime: new Date(post.written).toISOString() }, since(post.written)),
      unseen && h('span', { class: 'kind' }, 'new')),
    h('p', { class: 'text' }, post.text),
  )
}

/** The posts about a city, with a form for who is signed in. */
export async function postsCard(city, signal) {
  const list = h('ul', { class: 'posts' })
  const source = h('span')
  const writing = h('div', { class: 'writing' })
  const show = (answer) => {
    replace(source, badge(answer))
    replace(list, answer.data.length ? answer.data.map((post) => postLine(post)) : h('li', {}, empty(`Nobody has written about ${city.name} yet.`)))
  }
  const offer = () => replace(writing, profile() ? form(city, show) : h('p', { class: 'quiet' }, signInButton('Sign in'), ' to write about this place.'))
  show(await ask(`cities/${city.id}/posts`, { label: 'Posts', signal }))
  offer()
  session.addEventListener('change', offer, { signal })
  every(REFRESH, signal, async () => show(await ask(`cities/${city.id}/posts`, { signal })))
  return card('Posts', source, writing, list)
}

function form(city, show) {
  const text = h('textarea', { id: 'post', maxlength: 280, required: true, placeholder: `What is ${city.name} like?` })
  const problem = h('p', { class: 'problem', role: 'alert' })
  async function write(event) {
    event.preventDefault()
    try {
      show(await ask(`cities/${city.id}/posts`, { method: 'POST', body: { text: text.value }, label: 'Post' }))
      text.value = ''
    } catch (failure) {
      problem.textContent = failure.message
    }
  }
  return h('form', { class: 'stack', onsubmit: write }, field('Your post', text), problem, h('div', {}, h('button', { class: 'strong' }, 'Post')))
}

/** The page with feed and notifications. */
export async function feed(signal) {
  document.title = 'Feed · Gazetteer'
  if (!profile()) return [h('h1', {}, 'Feed'), h('section', { class: 'card' }, h('p', {}, signInButton('Sign in'), ' to read what others write about the cities you keep.'))]
  const posts = h('ul', { class: 'posts' })
  const notices = h('ul', { class: 'posts' })
  const from = [h('span'), h('span')]
  async function show(label) {
    const [feedAnswer, inbox] = await Promise.all([ask('me/feed', { label: label && 'Feed', signal }), ask('me/notifications', { label: label && 'Notifications', signal })])
    replace(from[0], badge(feedAnswer))
    replace(from[1], badge(inbox))
    replace(posts, feedAnswer.data.length ? feedAnswer.data.map((post) => postLine(post, { withCity: true })) : h('li', {}, empty('Keep a city to read about it here.')))
    replace(notices, inbox.data.notices.length ? inbox.data.notices.map((notice) => postLine(notice.post, { withCity: true, unseen: !notice.seen })) : h('li', {}, empty('Nothing yet.')))
  }
  await show(true)
  every(REFRESH, signal, () => show(false))
  const seen = h('button', { onclick: async () => { await ask('me/notifications/seen', { method: 'PUT' }); await show(false); countUnseen() } }, 'Mark as seen')
  return [h('h1', {}, 'Feed'), h('div', { class: 'pair' }, card('From your cities', from[0], posts), card('Notifications', [from[1], seen], notices))]
}

/** Shows in the header how many notifications were not seen. */
export async function countUnseen() {
  const count = document.getElementById('unseen')
  const unseen = profile() ? (await ask('me/notifications')).data.unseen : 0
  count.textContent = String(unseen)
  count.hidden = unseen === 0
  count.setAttribute('aria-label', `${unseen} not seen`)
}

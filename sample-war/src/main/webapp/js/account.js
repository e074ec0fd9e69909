// Signing in and out, and the page of the person who did.

import { ask } from './api.js'
import { h, replace } from './dom.js'
import { avatar, badge, card, empty, field, placeLine } from './parts.js'
import { requestsCard } from './requests.js'
import { again } from './router.js'
import { describe, prefer, preferences, profile, session, signIn, signOut } from './session.js'

const PEOPLE = [['ada', 'Administrator'], ['ben', 'Free plan'], ['chen', 'Premium plan']]

export const signInButton = (text) => h('button', { onclick: openSignIn }, text)

/** What the header shows of the account. */
export function account(place) {
  const show = () => replace(place, profile()
    ? h('a', { href: '#/me', 'aria-label': `${profile().name}, your page` }, avatar(profile().name), h('span', { class: 'name' }, profile().name))
    : signInButton('Sign in'))
  session.addEventListener('change', show)
  show()
}

function openSignIn() {
  const person = h('input', { id: 'person', autocomplete: 'username', required: true, maxlength: 20 })
  const password = h('input', { id: 'password', type: 'password', autocomplete: 'current-password', required: true, maxlength: 60 })
  const problem = h('p', { class: 'problem', role: 'alert' })
  const enter = async (name, secret) => {
    try {
      await signIn(name, secret)
      dialog.close()
      again()
    } catch (failure) {
      problem.textContent = failure.message
    }
  }
  const dialog = h(
    'dialog', { 'aria-labelledby': 'sign-in-title', onclose: () => dialog.remove() },
    h(
      'form', { onsubmit: (event) => { event.preventDefault(); enter(person.value, password.value) } },
      h('h2', { id: 'sign-in-title' }, 'Sign in'),
      h('p', { class: 'quiet small' }, 'Take one of the people of this demonstration; the password is the name. You are then signed in on every node.'),
      h('div', { class: 'people' }, PEOPLE.map(([name, trade]) => h('button', { type: 'button', onclick: () => enter(name, name) }, avatar(name), name, h('span', { class: 'quiet small' }, trade)))),
      field('Name', person), field('Password', password), problem,
      h('div', { class: 'row' }, h('button', { class: 'strong' }, 'Sign in'), h('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel')),
    ),
  )
  document.body.append(dialog)
  dialog.showModal()
}

/** The page of the signed-in person. */
export async function me(signal) {
  document.title = 'You · Gazetteer'
  if (!profile()) return [h('h1', {}, 'You'), h('section', { class: 'card' }, h('p', {}, signInButton('Sign in'), ' to keep cities and write about them.'))]
  const favourites = await ask('me/favourites', { label: 'Favourites', signal })
  return [
    h('div', { class: 'row' }, h('h1', { style: { flex: '1 1 14rem' } }, profile().name), h('button', { onclick: async () => { await signOut(); again() } }, 'Sign out')),
    h('div', { class: 'pair' },
      card('Cities you keep', badge(favourites), favourites.data.length ? h('ul', { class: 'places' }, favourites.data.map((city) => placeLine(city))) : empty('None yet: open a city and keep it.')),
      h('div', { class: 'stack' }, await preferencesCard(signal), await profileCard(signal), requestsCard(signal))),
  ]
}

async function preferencesCard(signal) {
  const answer = await ask('me/preferences', { label: 'Preferences', signal })
  const choice = (name, values) => h(
    'fieldset', { class: 'choice', style: { padding: 0, margin: 0 } },
    h('legend', { class: 'hidden-text' }, name),
    values.map(([value, text]) => h('label', {}, h('input', { type: 'radio', name, value, checked: preferences()[name] === value, onchange: () => prefer({ [name]: value }) }), h('span', {}, text))),
  )
  return card('Preferences', badge(answer),
    h('div', { class: 'row' }, choice('units', [['km', 'Kilometres'], ['mi', 'Miles']]), choice('theme', [['auto', 'System'], ['light', 'Light'], ['dark', 'Dark']])))
}

async function profileCard(signal) {
  const answer = await ask('session', { label: 'Profile', signal })
  const name = h('input', { id: 'name', maxlength: 60, required: true, value: profile().name })
  const about = h('textarea', { id: 'about', maxlength: 280 }, profile().about)
  const told = h('p', { class: 'quiet small', role: 'status' })
  async function save(event) {
    event.preventDefault()
    try {
      await describe(name.value, about.value)
      told.textContent = 'Saved.'
    } catch (failure) {
      told.textContent = failure.message
    }
  }
  return card('Profile', badge(answer), h('form', { class: 'stack', onsubmit: save }, field('Name', name), field('About you', about), h('div', { class: 'row' }, h('button', { class: 'strong' }, 'Save'), told)))
}

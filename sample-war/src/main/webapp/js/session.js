// Who is signed in, what they prefer, which cities they keep.

import { ask } from './api.js'
import { forget } from './limits.js'

/** Tells of a change of any of it: an event "change". */
export const session = new EventTarget()

const NOBODY = { profile: null, preferences: { units: 'km', theme: 'auto' }, favourites: new Set() }
let state = { ...NOBODY }

export const profile = () => state.profile
export const preferences = () => state.preferences
export const hasRole = (role) => state.profile?.roles.includes(role) ?? false
export const keeps = (city) => state.favourites.has(city)

function become(change) {
  if ('profile' in change && change.profile?.person !== state.profile?.person) forget()
  state = { ...state, ...change }
  document.documentElement.dataset.theme = state.preferences.theme
  session.dispatchEvent(new Event('change'))
}

/** Finds out who is signed in, also when that was done on another node. */
export async function begin() {
  const { data } = await ask('session')
  await enter(data)
}

async function enter(person) {
  if (!person) return become(NOBODY)
  const [wanted, kept] = await Promise.all([
    ask('me/preferences', { label: 'Preferences' }),
    ask('me/favourites', { label: 'Favourites' }),
  ])
  become({ profile: person, preferences: wanted.data, favourites: ids(kept.data) })
}

const ids = (cities) => new Set(cities.map((city) => city.id))

export async function signIn(person, password) {
  const { data } = await ask('session', { method: 'POST', body: { person, password }, label: 'Sign in' })
  await enter(data)
}

export async function signOut() {
  await ask('session', { method: 'DELETE' })
  become(NOBODY)
}

export async function prefer(change) {
  const body = { ...state.preferences, ...change }
  const { data } = await ask('me/preferences', { method: 'PUT', body, label: 'Preferences' })
  become({ preferences: data })
}

export async function describe(name, about) {
  const { data } = await ask('me/profile', { method: 'PUT', body: { name, about }, label: 'Profile' })
  become({ profile: data })
}

export async function keep(city, kept) {
  const { data } = await ask(`me/favourites/${city}`, { method: kept ? 'PUT' : 'DELETE', label: 'Favourites' })
  become({ favourites: ids(data) })
}

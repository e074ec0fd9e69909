// The most populous cities of a country: one response that the server keeps as a whole. The page keeps it too, with its tag, and
// asks again every few seconds; while nothing has changed the answer is 304 and has no body.

import { Problem } from './api.js'
import { h, replace } from './dom.js'
import { card, placeLine } from './parts.js'
import { every } from './router.js'
import { hasRole, session } from './session.js'

const REFRESH = 2500
const kept = new Map()

async function ask(code, signal) {
  const known = kept.get(code)
  const response = await fetch(`api/countries/${encodeURIComponent(code)}/largest`, { signal, headers: known ? { 'If-None-Match': known.tag } : {} })
  const age = response.headers.get('Age')
  if (response.status === 304) return { ...known, age, unchanged: true }
  if (!response.ok) throw new Problem(response.status, `The server answered ${response.status}.`)
  const answer = { cities: await response.json(), tag: response.headers.get('ETag') }
  kept.set(code, answer)
  return { ...answer, age }
}

const said = ({ age, unchanged }) => `${age === null ? 'made now' : `kept for ${age} s`}${unchanged ? ', unchanged (304)' : ''}`

/** A card that keeps itself up to date; editors have a button that ends the response on all nodes. */
export async function largestCard(code, signal) {
  const list = h('ol', { class: 'places rank', id: 'largest' })
  const how = h('span', { class: 'badge near', id: 'kept' })
  const beside = h('span', { class: 'row' })
  const show = (answer) => {
    how.textContent = said(answer)
    if (!answer.unchanged || !list.children.length) replace(list, answer.cities.map((city, i) => placeLine(city, undefined, i + 1)))
  }
  const again = async () => show(await ask(code, signal))
  const button = () => replace(beside, how, hasRole('editor') && h('button', { id: 'forget', onclick: () => forget(code).then(again) }, 'Declare out of date'))
  session.addEventListener('change', button, { signal })
  button()
  await again()
  every(REFRESH, signal, again)
  return card('Most populous', beside, list, h('p', { class: 'quiet small' },
    `One response for everybody, with the tag country:${code}. A change of any city of the country ends it on every node once it is committed; so does the button, and with it the lists of regions, whose keys have the pattern ${code}.*.`))
}

const forget = (code) => fetch(`api/countries/${encodeURIComponent(code)}/out-of-date`, { method: 'POST' })

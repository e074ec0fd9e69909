// The editor's dialog for a city.

import { ask } from './api.js'
import { h } from './dom.js'
import { field } from './parts.js'

/** A button that opens the dialog; `show` gets the answer of a change. */
export function editButton(place, current, show) {
  return h('button', { id: 'edit', onclick: () => open(place, current(), show) }, 'Edit')
}

function open(place, page, show) {
  const population = h('input', { id: 'new-population', type: 'number', min: 0, max: 100000000, required: true, value: page.city.population })
  const note = h('textarea', { id: 'new-note', maxlength: 280 }, page.note ?? '')
  const problem = h('p', { class: 'problem', role: 'alert' })
  const dialog = h(
    'dialog', { 'aria-labelledby': 'edit-title', onclose: () => dialog.remove() },
    h(
      'form', { onsubmit: save },
      h('h2', { id: 'edit-title' }, place.name),
      h('p', { class: 'quiet small' }, 'Every node shows the change at once: its cached page is removed from both tiers.'),
      field('Population', population), field('Note', note), problem,
      h('div', { class: 'row' }, h('button', { class: 'strong', id: 'save' }, 'Save'), h('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel')),
    ),
  )
  async function save(event) {
    event.preventDefault()
    try {
      show(await ask(`cities/${place.id}`, { method: 'PUT', body: { population: Number(population.value), note: note.value }, label: 'Change' }))
      dialog.close()
    } catch (failure) {
      problem.textContent = failure.message
    }
  }
  document.body.append(dialog)
  dialog.showModal()
}

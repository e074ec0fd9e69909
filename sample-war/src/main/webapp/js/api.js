// Asking the server. Every answer says where it came from; the page shows that and keeps a log of it.

import { note, refusal } from './limits.js'

/** Tells of each answer: an event "answer" with {label, from, millis}. */
export const answers = new EventTarget()

/** What the server refused, in its own words; after `wait` seconds it may not, if it said so. */
export class Problem extends Error {
  constructor(status, message, wait) {
    super(message)
    this.status = status
    this.wait = wait
  }
}

/** Asks and returns {data, from, millis, cache}. Options: label for the log, method, body, signal. */
export async function ask(path, { label, method = 'GET', body, signal } = {}) {
  const response = await fetch(`api/${path}`, {
    method,
    signal,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const answer = response.status === 204 ? {} : await read(response)
  if (label && answer.from) answers.dispatchEvent(new CustomEvent('answer', { detail: { label, ...answer } }))
  return answer
}

async function read(response) {
  note(response.headers)
  const told = (response.headers.get('Content-Type') ?? '').includes('json') ? await response.json() : {}
  if (response.status === 429) {
    const wait = Number(response.headers.get('Retry-After') ?? 1)
    throw new Problem(429, refusal(told, wait), wait)
  }
  if (!response.ok) throw new Problem(response.status, told.problem ?? `The server answered ${response.status}.`)
  return told
}

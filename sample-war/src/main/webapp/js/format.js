// How numbers, places and times are written.

import { preferences } from './session.js'

const whole = new Intl.NumberFormat('en')
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })
const MILES = 0.621371
const AGES = [['year', 31536e6], ['month', 2592e6], ['day', 864e5], ['hour', 36e5], ['minute', 6e4]]
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

export const number = (value) => whole.format(value)
export const compact = (value) => short.format(value)
export const people = (value) => (value ? compact(value) : 'unknown')

/** A distance in the unit the person prefers. */
export function distance(kilometres) {
  const miles = preferences().units === 'mi'
  const value = miles ? kilometres * MILES : kilometres
  return `${value < 10 ? value.toFixed(1) : whole.format(Math.round(value))} ${miles ? 'mi' : 'km'}`
}

/** A duration in milliseconds with as many digits as mean something. */
export function millis(value) {
  if (value === 0) return '0 ms'
  if (value < 0.01) return `${(value * 1000).toFixed(1)} µs`
  return `${value < 1 ? value.toFixed(2) : value < 10 ? value.toFixed(1) : whole.format(Math.round(value))} ms`
}

/** How long ago something of this moment was, in seconds or minutes. */
export function ago(then) {
  const seconds = Math.max(0, Math.round((Date.now() - then) / 1000))
  return seconds < 100 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`
}

/** How long ago something was written. */
export function since(then) {
  const age = then - Date.now()
  const [unit, length] = AGES.find(([, size]) => Math.abs(age) >= size) ?? ['minute', 6e4]
  return relative.format(Math.round(age / length), unit)
}

/** The flag of a country, by its two letters. */
export const flag = (code) => String.fromCodePoint(...[...code].map((letter) => 0x1f1a5 + letter.charCodeAt(0)))

export const coordinates = (city) =>
  `${Math.abs(city.latitude).toFixed(2)}°\u00a0${city.latitude < 0 ? 'S' : 'N'}, ${Math.abs(city.longitude).toFixed(2)}°\u00a0${city.longitude < 0 ? 'W' : 'E'}`

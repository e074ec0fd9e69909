// The world as dots: one for every square degree where somebody lives, larger where more do.

import { ask } from './api.js'

const NORTH = 80
const SOUTH = -58
const WEST = -178

let asked

/** The map's answer, asked once for all pages. */
export const world = () => (asked ??= ask('map', { label: 'World map' }).catch((failure) => { asked = undefined; throw failure }))

/** Where a place lies on a canvas of this size: equirectangular, cut at the date line. */
export function position(width, height, longitude, latitude) {
  const turned = (longitude - WEST + 360) % 360
  return [(turned / 360) * width, ((NORTH - latitude) / (NORTH - SOUTH)) * height]
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

function prepare(canvas) {
  const ratio = devicePixelRatio || 1
  const { width, height } = canvas.getBoundingClientRect()
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  const pen = canvas.getContext('2d')
  pen.scale(ratio, ratio)
  return { pen, width, height }
}

function disc(pen, x, y, radius) {
  pen.beginPath()
  pen.arc(x, y, radius, 0, 2 * Math.PI)
  pen.fill()
}

function land(pen, width, height, cells) {
  const cell = width / 360
  pen.fillStyle = colour('--land')
  for (let i = 0; i < cells.length; i += 3) {
    const [x, y] = position(width, height, cells[i] + 0.5, cells[i + 1] + 0.5)
    const weight = Math.min(1, Math.log10(cells[i + 2] + 1) / 4)
    pen.globalAlpha = 0.35 + 0.65 * weight
    disc(pen, x, y, Math.max(0.45, cell * (0.26 + 0.42 * weight)))
  }
  pen.globalAlpha = 1
}

function lights(pen, width, height, cities) {
  pen.fillStyle = colour('--light')
  const scale = Math.max(0.55, Math.min(1, width / 900))
  for (const city of cities) {
    const [x, y] = position(width, height, city.longitude, city.latitude)
    const radius = (1.2 + Math.sqrt(city.population / 1e6) * 0.75) * scale
    pen.globalAlpha = 0.16
    disc(pen, x, y, radius * 2.3)
    pen.globalAlpha = 0.92
    disc(pen, x, y, radius)
  }
  pen.globalAlpha = 1
}

function cross(pen, width, height, city) {
  const [x, y] = position(width, height, city.longitude, city.latitude)
  pen.strokeStyle = pen.fillStyle = colour('--star')
  pen.lineWidth = 1
  pen.globalAlpha = 0.6
  pen.beginPath()
  pen.moveTo(x, 0)
  pen.lineTo(x, height)
  pen.moveTo(0, y)
  pen.lineTo(width, y)
  pen.stroke()
  pen.globalAlpha = 1
  disc(pen, x, y, 5)
}

/** Draws the world now and again whenever its size or the colours change. A `marked` city gets a cross. */
export function drawWorld(canvas, { cells, metropolises }, signal, marked) {
  const draw = () => {
    const { pen, width, height } = prepare(canvas)
    if (!width) return
    land(pen, width, height, cells)
    if (marked) cross(pen, width, height, marked)
    else lights(pen, width, height, metropolises)
  }
  const size = new ResizeObserver(draw)
  size.observe(canvas)
  const theme = new MutationObserver(draw)
  theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw, { signal })
  signal.addEventListener('abort', () => { size.disconnect(); theme.disconnect() })
}

/** The marked place nearest to a point of the canvas, if one is close enough to be meant. */
export function placeAt(canvas, cities, x, y) {
  const { width, height } = canvas.getBoundingClientRect()
  let best
  let nearest = 16
  for (const city of cities) {
    const [left, top] = position(width, height, city.longitude, city.latitude)
    const away = Math.hypot(left - x, top - y)
    if (away < nearest) {
      nearest = away
      best = { city, left, top }
    }
  }
  return best
}

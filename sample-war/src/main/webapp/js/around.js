// The plot of a city's surroundings: the city in the middle, rings of distance, neighbours sized by their people.

import { svg } from './dom.js'
import { distance } from './format.js'

const WIDTH = 640
const HEIGHT = 560
const MARGIN = 26
const DEGREE = 111.195
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200]

/** East and north of the centre in kilometres; good for a few hundred of them. */
function offset(centre, city) {
  const turn = ((city.longitude - centre.longitude + 540) % 360) - 180
  return [turn * DEGREE * Math.cos((centre.latitude * Math.PI) / 180), (city.latitude - centre.latitude) * DEGREE]
}

const radiusOf = (city) => 3 + Math.min(15, Math.sqrt(city.population) / 90)

function rings(reach, scale) {
  const step = STEPS.find((size) => reach / size <= 4) ?? 200
  const drawn = []
  for (let kilometres = step; kilometres <= reach * 1.6; kilometres += step) {
    const radius = kilometres * scale
    drawn.push(svg('circle', { class: 'ring', cx: WIDTH / 2, cy: HEIGHT / 2, r: radius }))
    if (radius < HEIGHT / 2 + 40) {
      const away = radius * Math.SQRT1_2
      drawn.push(svg('text', { class: 'ring-label', x: WIDTH / 2 + away + 3, y: HEIGHT / 2 + away + 8 }, distance(kilometres)))
    }
  }
  return drawn
}

/** Names for the largest neighbours that have room for one. */
function labels(dots) {
  const taken = [{ left: WIDTH / 2 - 20, right: WIDTH / 2 + 20, top: HEIGHT / 2 - 12, bottom: HEIGHT / 2 + 12 }]
  const drawn = []
  for (const { x, y, radius, city } of [...dots].sort((one, other) => other.city.population - one.city.population)) {
    const wide = city.name.length * 7.4
    const box = { left: x - wide / 2, right: x + wide / 2, top: y - radius - 17, bottom: y - radius - 3 }
    const inside = box.left > 2 && box.right < WIDTH - 2 && box.top > 2
    if (!inside || taken.some((other) => overlap(box, other))) continue
    taken.push(box, { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius })
    drawn.push(svg('text', { x, y: y - radius - 5, 'text-anchor': 'middle', 'aria-hidden': 'true' }, city.name))
    if (drawn.length === 14) break
  }
  return drawn
}

const overlap = (one, other) => one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top

/** The plot; each neighbour is a link to its page. */
export function aroundPlot(centre, neighbours) {
  const places = neighbours.map(({ city, kilometres }) => ({ city, kilometres, at: offset(centre, city) }))
  const east = Math.max(1, ...places.map(({ at }) => Math.abs(at[0])))
  const north = Math.max(1, ...places.map(({ at }) => Math.abs(at[1])))
  const scale = Math.min((WIDTH / 2 - MARGIN) / east, (HEIGHT / 2 - MARGIN) / north)
  const dots = places.map(({ city, kilometres, at }) => ({
    city, kilometres, radius: radiusOf(city), x: WIDTH / 2 + at[0] * scale, y: HEIGHT / 2 - at[1] * scale,
  }))
  return svg(
    'svg', { class: 'around', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'group', 'aria-label': `Places around ${centre.name}` },
    rings(Math.max(east, north), scale),
    [...dots].sort((one, other) => other.radius - one.radius).map(dot),
    svg('circle', { class: 'centre', cx: WIDTH / 2, cy: HEIGHT / 2, r: 7 }),
    labels(dots),
  )
}

function dot({ city, kilometres, x, y, radius }) {
  const name = `${city.name}, ${distance(kilometres)}`
  return svg('a', { href: `#/city/${city.id}`, 'aria-label': name }, svg('circle', { class: 'dot', cx: x, cy: y, r: radius }, svg('title', {}, name)))
}

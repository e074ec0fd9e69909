// Puts the page together.

import { account, me } from './account.js'
import { city } from './city.js'
import { countries, country, region, search } from './country.js'
import { replace } from './dom.js'
import { figures, watch } from './figures.js'
import { home } from './home.js'
import { live, side } from './live.js'
import { countUnseen, feed } from './posts.js'
import { route } from './router.js'
import { searchBox } from './search.js'
import { begin, session } from './session.js'

const UNSEEN = 6000

const place = (id) => document.getElementById(id)

replace(place('search'), searchBox())
account(place('account'))
side(place('side'))
watch()
figures.addEventListener('reading', ({ detail }) => { place('node').textContent = `This page is served by ${detail.node}.` })

begin()
  .catch(() => {})
  .finally(() => {
    route({ home, city, countries, country, region, search, feed, me, live, unknown: home })
    session.addEventListener('change', () => countUnseen().catch(() => {}))
    countUnseen().catch(() => {})
    setInterval(() => document.hidden || countUnseen().catch(() => {}), UNSEEN)
  })

// Making elements without markup in strings, so that nothing a person wrote is ever read as markup.

const SVG = 'http://www.w3.org/2000/svg'

/** An element with attributes, handlers (`onclick`), `style` as an object, and children (nodes, strings, nothing). */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children)
}

/** The same for SVG. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children)
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (name === 'style') Object.entries(value).forEach(([key, to]) => element.style.setProperty(key, to))
    else element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false))
  return element
}

/** Puts new children in place of the old ones. */
export function replace(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter(Boolean))
}

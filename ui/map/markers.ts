import type { MarkedPlace } from './map-view.ts'

const SVG = 'http://www.w3.org/2000/svg'

/** Drawing of a mark: shapes in paint order. */
interface Drawing {
  readonly size: readonly [width: number, height: number]
  readonly box: string
  readonly shapes: readonly {
    readonly d: string
    readonly fill: string
    readonly stroke?: string
    readonly width?: number
  }[]
}

const INK = '#101a2e'
const PAPER = '#fffefb'
const SUN = '#ffc21a'

const PLACES: Readonly<Record<MarkedPlace | 'stop', Drawing>> = {
  pickup: {
    size: [34, 46],
    box: '0 0 34 46',
    shapes: [
      {
        d: 'M17 45C13 36 2 30 2 17a15 15 0 0 1 30 0c0 13-11 19-15 28',
        fill: '#00777b',
        stroke: PAPER,
        width: 2.5,
      },
      { d: 'M17 9a8 8 0 1 0 0 16 8 8 0 0 0 0-16m0 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6', fill: PAPER },
    ],
  },
  destination: {
    size: [36, 48],
    box: '0 0 36 48',
    shapes: [
      { d: 'M18 47 13 33 3 27V10.5L18 2l15 8.5V27l-10 6z', fill: INK, stroke: PAPER, width: 2.5 },
      { d: 'M18 9.5 26.5 14.3v9.4L18 28.5l-8.5-4.8v-9.4z', fill: SUN },
    ],
  },
  stop: {
    size: [22, 22],
    box: '0 0 22 22',
    shapes: [{ d: 'M11 3a8 8 0 1 0 0 16 8 8 0 0 0 0-16', fill: PAPER, stroke: INK, width: 4 }],
  },
  you: {
    size: [26, 26],
    box: '0 0 26 26',
    shapes: [{ d: 'M13 4a9 9 0 1 0 0 18 9 9 0 0 0 0-18', fill: '#1667d9', stroke: PAPER, width: 3.5 }],
  },
}

const CAR: Drawing = {
  size: [28, 50],
  box: '0 0 28 50',
  shapes: [
    { d: 'M7 4q7-4 14 0 3 2 3 7v28q0 6-3 7-7 3-14 0-3-1-3-7V11q0-5 3-7', fill: SUN, stroke: INK, width: 2 },
    { d: 'M7 16q7-4 14 0l-1.5 6q-5.5-2-11 0z', fill: INK },
    { d: 'M8.5 38q5.5 2 11 0l1.5 4q-7 3-14 0z', fill: INK },
    { d: 'M8 4.5 11 4v2.5L7 8zm12 0L17 4v2.5L21 8z', fill: PAPER },
  ],
}

const BUS: Drawing = {
  size: [22, 58],
  box: '0 0 22 58',
  shapes: [
    { d: 'M4 2h14q3 0 3 3v48q0 3-3 3H4q-3 0-3-3V5q0-3 3-3', fill: '#00777b', stroke: PAPER, width: 2 },
    { d: 'M4 5h14v6H4z', fill: INK },
    { d: 'M5 16h12v11H5zm0 15h12v11H5z', fill: PAPER },
  ],
}

/** Element of a marked place; its foot stands on the place. */
export function placeMark(place: MarkedPlace | 'stop', label: string): HTMLElement {
  return element(PLACES[place], `marker marker-${place}`, label)
}

/** Element of a car or bus seen from above, nose to the north. */
export function carMark(label: string, kind: 'car' | 'bus' = 'car'): HTMLElement {
  return element(kind === 'bus' ? BUS : CAR, 'marker marker-car', label)
}

function element(drawing: Drawing, className: string, label: string): HTMLElement {
  const host = document.createElement('div')
  host.className = className
  host.setAttribute('role', 'img')
  host.setAttribute('aria-label', label)
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('width', String(drawing.size[0]))
  svg.setAttribute('height', String(drawing.size[1]))
  svg.setAttribute('viewBox', drawing.box)
  svg.setAttribute('aria-hidden', 'true')
  for (const shape of drawing.shapes) {
    const path = document.createElementNS(SVG, 'path')
    path.setAttribute('d', shape.d)
    path.setAttribute('fill', shape.fill)
    path.setAttribute('fill-rule', 'evenodd')
    if (shape.stroke) {
      path.setAttribute('stroke', shape.stroke)
      path.setAttribute('stroke-width', String(shape.width ?? 2))
      path.setAttribute('stroke-linejoin', 'round')
    }
    svg.append(path)
  }
  host.append(svg)
  return host
}

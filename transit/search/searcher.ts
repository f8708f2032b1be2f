import { NO_ALIGHTING } from '../timetable/timetable.ts'
import type { DayView } from './day-view.ts'
import { firstRun } from './first-run.ts'
import { type Journey, journeyOf } from './journey.ts'
import { Labels, lowerBound } from './labels.ts'
import { LeastTimes } from './least-times.ts'
import { NEVER, type Query } from './query.ts'
import { type Asked, readQuery } from './read-query.ts'
import { Targets } from './targets.ts'

/**
 * Range RAPTOR (Delling, Pajor and Werneck 2012) over a day's view, in layers of steps walked and paid. `search` gives, of
 * all journeys that the query allows, those that no other one makes pointless: with the same departure or a later one (on
 * the query's grid), no later arrival, no more lines, no more steps walked and no more steps paid. One journey of each such
 * set of figures is given, later departures first. Keeps its arrays between searches; not to be used by two at once.
 */
export class Searcher {
  readonly view: DayView
  readonly #stops: number
  readonly #least: LeastTimes
  #labels: Labels
  #targets: Targets
  /** By layer and stop: 1 where a label of this round waits; and those stops in order, `stops` a layer. */
  #readyMark: Uint8Array
  #readyList: Uint32Array
  #readyCount: Int32Array
  /** By layer and stop: the bound before this round; who was ready then has boarded all that departs later. */
  #readyBefore = new Int32Array(0)
  #arrivedMark: Uint8Array
  #arrivedList: Uint32Array
  #arrivedCount: Int32Array
  /** By day line: the first call from where it is looked through, + 1; 0 if not at all. */
  #firstCall = new Uint16Array(0)
  #queue = new Uint32Array(0)
  /** By call of a day line: the run to board there, or -1. */
  #boardRun = new Int32Array(0)
  /** By place in the view's `stopLine`: the run found there last, where the next look begins. */
  readonly #lastRun: Uint32Array

  constructor(view: DayView) {
    this.view = view
    this.#stops = view.stopStart.length - 1
    this.#least = new LeastTimes(this.#stops)
    this.#labels = new Labels(this.#stops, 0)
    this.#targets = new Targets(0)
    this.#readyMark = this.#arrivedMark = new Uint8Array(0)
    this.#readyList = this.#arrivedList = new Uint32Array(0)
    this.#readyCount = this.#arrivedCount = new Int32Array(0)
    this.#lastRun = new Uint32Array(view.stopLine.length)
  }

  search(query: Query): Journey[] {
    const asked = readQuery(query, this.view)
    this.#fit(asked)
    const { shape, layers, departures, gridS, departS } = asked
    this.#labels.clear((shape.rides + 1) * layers * this.#stops)
    this.#targets.clear((shape.rides + 1) * layers)
    if (departures > 1) {
      const { egressStop, egressS, changeS, horizonS } = asked
      this.#least.reckon(this.view, egressStop, egressS, shape.rides, changeS, horizonS)
    } else this.#least.forget()
    const journeys: Journey[] = []
    for (let n = departures - 1; n >= 0; n--) {
      this.#depart(asked, departS + n * gridS)
      this.#collect(asked, departS + n * gridS, journeys)
    }
    return journeys
  }

  #fit({ shape, layers }: Asked): void {
    const cells = (shape.rides + 1) * layers * this.#stops
    if (this.#labels.arrivalS.length < cells) this.#labels = new Labels(this.#stops, cells)
    const targets = (shape.rides + 1) * layers
    if (this.#targets.bound.length < targets) this.#targets = new Targets(targets)
    if (this.#readyCount.length < layers) {
      this.#readyMark = new Uint8Array(layers * this.#stops)
      this.#readyList = new Uint32Array(layers * this.#stops)
      this.#readyCount = new Int32Array(layers)
      this.#readyBefore = new Int32Array(layers * this.#stops)
      this.#arrivedMark = new Uint8Array(layers * this.#stops)
      this.#arrivedList = new Uint32Array(layers * this.#stops)
      this.#arrivedCount = new Int32Array(layers)
    }
    if (this.#firstCall.length < this.view.columns.lines) {
      this.#firstCall = new Uint16Array(this.view.columns.lines * 2)
      this.#queue = new Uint32Array(this.view.columns.lines * 2)
    }
    if (this.#boardRun.length < this.view.columns.calls)
      this.#boardRun = new Int32Array(this.view.columns.calls * 2).fill(-1)
  }

  /** All that leaves the door at `departS`; labels of later departures are there as bounds. */
  #depart(asked: Asked, departS: number): void {
    const { shape, layers, accessStop, accessS, accessLayer, notBeforeS, directS, directLayer } = asked
    this.#targets.begin()
    for (let i = 0; i < directS.length; i++)
      lowerBound(this.#targets.bound, 1, shape, 0, directLayer[i]!, 0, departS + directS[i]!)
    for (let i = 0; i < accessStop.length; i++)
      this.#ready(
        asked,
        0,
        accessLayer[i]!,
        accessStop[i]!,
        Math.max(departS, notBeforeS[i]!) + accessS[i]!,
        -2 - i,
      )
    for (let ride = 1; ride <= shape.rides; ride++) {
      let any = false
      for (let layer = 0; layer < layers; layer++)
        if (this.#readyCount[layer]! > 0) {
          any = true
          this.#ride(asked, ride, layer)
        }
      if (!any) break
      this.#walk(asked, ride)
    }
  }

  /** Someone can board at a stop from `s` on, after `ride` lines. */
  #ready(asked: Asked, ride: number, layer: number, stop: number, s: number, by: number): void {
    const labels = this.#labels
    const { layers, shape } = asked
    const cell = (ride * layers + layer) * this.#stops + stop
    const before = labels.readyBound[cell]!
    if (s >= before) return
    const least = s + this.#least.onceReady[stop]!
    if (least > asked.latestS || least >= this.#targets.bound[(ride + 1) * layers + layer]!) return
    labels.readyS[cell] = s
    labels.readyBy[cell] = by
    lowerBound(labels.readyBound, this.#stops, shape, ride, layer, stop, s)
    const mark = layer * this.#stops + stop
    if (this.#readyMark[mark] === 0) {
      this.#readyMark[mark] = 1
      this.#readyBefore[mark] = before
      this.#readyList[layer * this.#stops + this.#readyCount[layer]!++] = stop
    }
  }

  /** Queues the lines to board at stops that the round before made ready, in one layer, and the runs to board. */
  #enqueue(ride: number, layer: number, layers: number, latestS: number): number {
    const { columns, stopStart, stopLine, stopCall } = this.view
    const { firstDepS, lastDepS, extraHead, extraNext, extraLine, extraCall } = columns
    const { readyS, readyBound } = this.#labels
    const base = ((ride - 1) * layers + layer) * this.#stops
    const list = layer * this.#stops
    const count = this.#readyCount[layer]!
    this.#readyCount[layer] = 0
    let queued = 0
    for (let i = 0; i < count; i++) {
      const stop = this.#readyList[list + i]!
      const s = readyS[base + stop]!
      const before = Math.min(this.#readyBefore[list + stop]!, latestS)
      this.#readyMark[list + stop] = 0
      if (s > readyBound[base + stop]!) continue
      const end = stopStart[stop + 1]!
      for (let at = stopStart[stop]!; at < end; at++) {
        const line = stopLine[at]!
        if (s > lastDepS[line]! || firstDepS[line]! >= before) continue
        const run = firstRun(columns, line, stopCall[at]!, s, before, this.#lastRun[at]!)
        this.#lastRun[at] = run < 0 ? -1 - run : run
        if (run >= 0) queued = this.#board(line, stopCall[at]!, run, queued)
      }
      for (let extra = extraHead[stop]!; extra >= 0; extra = extraNext[extra]!) {
        const line = extraLine[extra]!
        const run = firstRun(columns, line, extraCall[extra]!, s, before, 0)
        if (run >= 0) queued = this.#board(line, extraCall[extra]!, run, queued)
      }
    }
    return queued
  }

  /** Notes that a run can be boarded at a call, and queues its line. */
  #board(line: number, call: number, run: number, queued: number): number {
    const at = this.view.columns.callStart[line]! + call
    const known = this.#boardRun[at]!
    if (known < 0 || run < known) this.#boardRun[at] = run
    const first = this.#firstCall[line]!
    if (first === 0) this.#queue[queued++] = line
    if (first === 0 || call + 1 < first) this.#firstCall[line] = call + 1
    return queued
  }

  /** Rides the lines from the stops of one layer that the round before made ready. */
  #ride(asked: Asked, ride: number, layer: number): void {
    const { layers, latestS, lineSteps, shape } = asked
    const { callStart, stops, flags, startS, timesAt, arrS, lineOf } = this.view.columns
    const { arrivalBound, arrivalS, arrivalRun, arrivalCalls } = this.#labels
    const { bound } = this.#targets
    const { afterArrival } = this.#least
    const queue = this.#queue
    const boardRun = this.#boardRun
    const queued = this.#enqueue(ride, layer, layers, latestS + 1)
    const money = layer % (shape.money + 1)
    for (let q = 0; q < queued; q++) {
      const line = queue[q]!
      const from = callStart[line]!
      const end = callStart[line + 1]!
      const first = from + this.#firstCall[line]! - 1
      this.#firstCall[line] = 0
      const price = lineSteps === null ? 0 : lineSteps[lineOf[line]!]!
      if (money + price > shape.money) {
        boardRun.fill(-1, first, end)
        continue
      }
      const toLayer = layer + price
      const base = (ride * layers + toLayer) * this.#stops
      const target = ride * layers + toLayer
      let run = NEVER
      let boarded = 0
      let start = 0
      let times = 0
      for (let at = first; at < end; at++) {
        if (run !== NEVER) {
          const stop = stops[at]!
          const s = start + arrS[times + at]!
          if (s < arrivalBound[base + stop]! && (flags[at]! & NO_ALIGHTING) === 0) {
            const least = s + afterArrival[stop]!
            if (least <= latestS && least < bound[target]!) {
              arrivalS[base + stop] = s
              arrivalRun[base + stop] = run
              arrivalCalls[base + stop] = (boarded << 16) | (at - from)
              this.#arrived(asked, ride, toLayer, stop, s)
            }
          }
        }
        const next = boardRun[at]!
        if (next < 0) continue
        boardRun[at] = -1
        if (next >= run) continue
        run = next
        boarded = at - from
        start = startS[run]!
        times = timesAt[run]! - from
      }
    }
  }

  /** A vehicle has brought someone to a stop: bounds, marks, and the door if the stop has ways there. */
  #arrived(asked: Asked, ride: number, layer: number, stop: number, s: number): void {
    const { shape, layers, egressStart, egressWay, egressS, egressWalk, egressMoney, latestS } = asked
    lowerBound(this.#labels.arrivalBound, this.#stops, shape, ride, layer, stop, s)
    const mark = layer * this.#stops + stop
    if (this.#arrivedMark[mark] === 0) {
      this.#arrivedMark[mark] = 1
      this.#arrivedList[layer * this.#stops + this.#arrivedCount[layer]!++] = stop
    }
    const wide = shape.money + 1
    for (let e = egressStart[stop]!; e < egressStart[stop + 1]!; e++) {
      const way = egressWay[e]!
      const doorS = s + egressS[way]!
      const money = (layer % wide) + egressMoney[way]!
      const walk = Math.floor(layer / wide) + egressWalk[way]!
      if (doorS > latestS || money > shape.money || walk > shape.walk) continue
      this.#targets.reach(shape, layers, ride, walk * wide + money, doorS, layer * this.#stops + stop, way)
    }
  }

  /** From vehicles' arrivals alone to the next departures: at the stop, and on foot to others. */
  #walk(asked: Asked, ride: number): void {
    const { layers, shape, changeS, footSteps, maxFootM } = asked
    const { start, to, seconds, metres } = this.view.timetable.feet
    const { arrivalS, arrivalBound, readyBound } = this.#labels
    const wide = shape.money + 1
    const last = ride === shape.rides
    for (let layer = 0; layer < layers; layer++) {
      const list = layer * this.#stops
      const base = (ride * layers + layer) * this.#stops
      const walkLeft = shape.walk - Math.floor(layer / wide)
      for (let i = 0; i < this.#arrivedCount[layer]!; i++) {
        const stop = this.#arrivedList[list + i]!
        this.#arrivedMark[list + stop] = 0
        const s = arrivalS[base + stop]! + changeS
        if (last || s - changeS > arrivalBound[base + stop]!) continue
        this.#ready(asked, ride, layer, stop, s, -1)
        for (let way = start[stop]!, end = start[stop + 1]!; way < end; way++) {
          const steps = footSteps === null ? 0 : footSteps[way]!
          const readyS = s + seconds[way]!
          if (readyS >= readyBound[base + steps * wide * this.#stops + to[way]!]!) continue
          if (steps > walkLeft || metres[way]! > maxFootM) continue
          this.#ready(asked, ride, layer + steps * wide, to[way]!, readyS, way)
        }
      }
      this.#arrivedCount[layer] = 0
    }
  }

  #collect(asked: Asked, departS: number, into: Journey[]): void {
    const { shape, layers } = asked
    for (let ride = 1; ride <= shape.rides; ride++)
      for (let layer = 0; layer < layers; layer++)
        if (this.#targets.isBest(shape, layers, ride, layer))
          into.push(journeyOf(this.view, this.#labels, this.#targets, asked, ride, layer, departS))
  }
}

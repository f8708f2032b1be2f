import { NO_ALIGHTING, NO_BOARDING } from '../timetable/timetable.ts'
import type { DayView } from './day-view.ts'
import { type Journey, journeyOf } from './journey.ts'
import { Labels, lowerBound } from './labels.ts'
import { LeastTimes } from './least-times.ts'
import type { Query } from './query.ts'
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
  #arrivedMark: Uint8Array
  #arrivedList: Uint32Array
  #arrivedCount: Int32Array
  /** By day line: the first call from where it is looked through, + 1; 0 if not at all. */
  #firstCall = new Uint16Array(0)
  #queue = new Uint32Array(0)

  constructor(view: DayView) {
    this.view = view
    this.#stops = view.stopStart.length - 1
    this.#least = new LeastTimes(this.#stops)
    this.#labels = new Labels(this.#stops, 0)
    this.#targets = new Targets(0)
    this.#readyMark = this.#arrivedMark = new Uint8Array(0)
    this.#readyList = this.#arrivedList = new Uint32Array(0)
    this.#readyCount = this.#arrivedCount = new Int32Array(0)
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
      this.#arrivedMark = new Uint8Array(layers * this.#stops)
      this.#arrivedList = new Uint32Array(layers * this.#stops)
      this.#arrivedCount = new Int32Array(layers)
    }
    if (this.#firstCall.length < this.view.columns.lines) {
      this.#firstCall = new Uint16Array(this.view.columns.lines * 2)
      this.#queue = new Uint32Array(this.view.columns.lines * 2)
    }
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
    if (s >= labels.readyBound[cell]!) return
    const least = s + this.#least.onceReady[stop]!
    if (least > asked.latestS || least >= this.#targets.bound[(ride + 1) * layers + layer]!) return
    labels.readyS[cell] = s
    labels.readyBy[cell] = by
    lowerBound(labels.readyBound, this.#stops, shape, ride, layer, stop, s)
    const mark = layer * this.#stops + stop
    if (this.#readyMark[mark] === 0) {
      this.#readyMark[mark] = 1
      this.#readyList[layer * this.#stops + this.#readyCount[layer]!++] = stop
    }
  }

  /** The lines at the stops that were made ready in the round before, in one layer: queued from the first such call on. */
  #enqueue(ride: number, layer: number, layers: number, latestS: number): number {
    const { columns, stopStart, stopLine, stopCall } = this.view
    const { firstDepS, lastDepS, extraHead, extraNext, extraLine, extraCall } = columns
    const { readyS, readyBound } = this.#labels
    const base = ((ride - 1) * layers + layer) * this.#stops
    const list = layer * this.#stops
    const firstCall = this.#firstCall
    let queued = 0
    for (let i = 0; i < this.#readyCount[layer]!; i++) {
      const stop = this.#readyList[list + i]!
      const s = readyS[base + stop]!
      if (s > readyBound[base + stop]!) {
        this.#readyMark[list + stop] = 0
        continue
      }
      for (let at = stopStart[stop]!; at < stopStart[stop + 1]!; at++) {
        const line = stopLine[at]!
        if (s > lastDepS[line]! || firstDepS[line]! > latestS) continue
        const call = stopCall[at]! + 1
        if (firstCall[line] === 0) this.#queue[queued++] = line
        else if (call >= firstCall[line]!) continue
        firstCall[line] = call
      }
      for (let extra = extraHead[stop]!; extra >= 0; extra = extraNext[extra]!) {
        const line = extraLine[extra]!
        if (s > lastDepS[line]! || firstDepS[line]! > latestS) continue
        const call = extraCall[extra]! + 1
        if (firstCall[line] === 0) this.#queue[queued++] = line
        else if (call >= firstCall[line]!) continue
        firstCall[line] = call
      }
    }
    return queued
  }

  /** Takes the lines from the stops of one layer that were made ready in the round before. */
  #ride(asked: Asked, ride: number, layer: number): void {
    const { layers, latestS, lineSteps, shape } = asked
    const { callStart, stops, flags, runStart, startS, timesAt, depS, arrS, gone, lineOf } = this.view.columns
    const labels = this.#labels
    const { readyS } = labels
    const queued = this.#enqueue(ride, layer, layers, latestS)
    const readyBase = ((ride - 1) * layers + layer) * this.#stops
    const list = layer * this.#stops
    const mark = this.#readyMark
    const money = layer % (shape.money + 1)
    for (let q = 0; q < queued; q++) {
      const line = this.#queue[q]!
      const from = callStart[line]!
      const calls = callStart[line + 1]! - from
      const firstRun = runStart[line]!
      const endRun = runStart[line + 1]!
      const price = lineSteps === null ? 0 : lineSteps[lineOf[line]!]!
      const first = this.#firstCall[line]! - 1
      this.#firstCall[line] = 0
      if (money + price > shape.money) continue
      const toLayer = layer + price
      const arrivedBase = (ride * layers + toLayer) * this.#stops
      const targetCell = ride * layers + toLayer
      let run = -1
      let boarded = 0
      for (let call = first; call < calls; call++) {
        const stop = stops[from + call]!
        const rules = flags[from + call]!
        if (run >= 0 && !(rules & NO_ALIGHTING)) {
          const s = startS[run]! + arrS[timesAt[run]! + call]!
          if (s < labels.arrivalBound[arrivedBase + stop]!) {
            const least = s + this.#least.afterArrival[stop]!
            if (least <= latestS && least < this.#targets.bound[targetCell]!) {
              labels.arrivalS[arrivedBase + stop] = s
              labels.arrivalRun[arrivedBase + stop] = run
              labels.arrivalCalls[arrivedBase + stop] = (boarded << 16) | call
              this.#arrived(asked, ride, toLayer, stop, s)
            }
          }
        }
        if (mark[list + stop] === 0 || rules & NO_BOARDING) continue
        const s = readyS[readyBase + stop]!
        if (run >= 0 && s > startS[run]! + depS[timesAt[run]! + call]!) continue
        let low = firstRun
        let high = run < 0 ? endRun : run
        while (low < high) {
          const middle = (low + high) >> 1
          if (startS[middle]! + depS[timesAt[middle]! + call]! >= s) high = middle
          else low = middle + 1
        }
        const end = run < 0 ? endRun : run
        while (low < end && gone[low] === 1) low++
        if (low < end) {
          run = low
          boarded = call
        }
      }
    }
    for (let i = 0; i < this.#readyCount[layer]!; i++) mark[list + this.#readyList[list + i]!] = 0
    this.#readyCount[layer] = 0
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
    const { feet } = this.view.timetable
    const { arrivalS, arrivalBound } = this.#labels
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
        for (let way = feet.start[stop]!; way < feet.start[stop + 1]!; way++) {
          const steps = footSteps === null ? 0 : footSteps[way]!
          if (steps > walkLeft || feet.metres[way]! > maxFootM) continue
          this.#ready(asked, ride, layer + steps * wide, feet.to[way]!, s + feet.seconds[way]!, way)
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

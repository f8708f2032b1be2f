import type { TariffDocument, TariffZone } from '@hexhail/protocol/tariff-document.ts'
import { ZONE_RES } from '@hexhail/protocol/tariff-places.ts'
import { areNeighborCells, cellToParent, getResolution, isValidCell } from 'h3-js'
import { type Finding, finding } from './finding.ts'

/** Zones and tolls: cells that are none, zones that overlap wrongly or do nothing, gantries that lead nowhere. */
export function placeFindings(doc: TariffDocument): Finding[] {
  const zones = doc.zones.flatMap((zone, i) => [...cellFindings(zone, i), ...idleZone(doc, zone, i)])
  return [...zones, ...overlaps(doc), ...tollFindings(doc), ...references(doc)]
}

function cellFindings({ cells, id }: TariffZone, i: number): Finding[] {
  const known = new Set<string>()
  const at = (j: number) => `zones[${i}].cells[${j}]`
  const found = cells.flatMap((cell, j): Finding[] => {
    if (!isValidCell(cell)) return [finding('error', at(j), 'lintCellWrong', { cell })]
    if (getResolution(cell) > ZONE_RES) return [finding('error', at(j), 'lintCellFine', { cell })]
    if (known.has(cell)) return [finding('warning', at(j), 'lintCellTwice', { cell })]
    known.add(cell)
    return []
  })
  const covered = cells.flatMap((cell, j) =>
    isValidCell(cell) &&
    parentsOf(cell)
      .slice(1)
      .some(parent => known.has(parent))
      ? [finding('warning', at(j), 'lintCellTwice', { cell })]
      : [],
  )
  const empty = cells.length === 0 ? [finding('warning', `zones[${i}].cells`, 'lintZoneEmpty', { id })] : []
  return [...found, ...covered, ...empty]
}

/** A cell with all that it lies in, finest first. */
const parentsOf = (cell: string): string[] =>
  Array.from({ length: getResolution(cell) + 1 }, (_, up) => cellToParent(cell, getResolution(cell) - up))

function idleZone(doc: TariffDocument, zone: TariffZone, i: number): Finding[] {
  const charges = zone.pickup + zone.dropoff + zone.through
  const isNamed = doc.levies.some(levy => levy.where.zones.includes(zone.id))
  return charges > 0 || zone.multBp !== 10_000 || isNamed
    ? []
    : [finding('warning', `zones[${i}]`, 'lintZoneIdle', { id: zone.id })]
}

function overlaps({ zones }: TariffDocument): Finding[] {
  return zones.flatMap((zone, i) =>
    zones.slice(0, i).flatMap((other): Finding[] => {
      if (!meet(zone, other)) return []
      const data = { id: other.id, other: zone.id }
      if (zone.multBp !== 10_000 && other.multBp !== 10_000)
        return [finding('error', `zones[${i}].cells`, 'lintZoneFactors', data)]
      const both = (['pickup', 'dropoff', 'through'] as const).some(key => zone[key] > 0 && other[key] > 0)
      return both ? [finding('warning', `zones[${i}].cells`, 'lintZoneCharges', data)] : []
    }),
  )
}

/** True when a cell of one is, or lies in, a cell of the other. */
function meet(a: TariffZone, b: TariffZone): boolean {
  const lies = (inner: TariffZone, outer: TariffZone) => {
    const cells = new Set(outer.cells)
    return inner.cells.some(cell => isValidCell(cell) && parentsOf(cell).some(parent => cells.has(parent)))
  }
  return lies(a, b) || lies(b, a)
}

function tollFindings({ tolls, zones, chargesMost }: TariffDocument): Finding[] {
  const gantries = tolls.flatMap((toll, i) => [
    ...toll.gantries.flatMap(({ from, to }, j) =>
      isValidCell(from) && isValidCell(to) && areNeighbors(from, to)
        ? []
        : [finding('error', `tolls[${i}].gantries[${j}]`, 'lintGantry', { from, to })],
    ),
    ...(toll.amount === 0 || toll.gantries.length === 0
      ? [finding('warning', `tolls[${i}]`, 'lintNothingDue', { id: toll.id })]
      : []),
  ])
  const single = [
    ...tolls.map(({ id, amount }) => ({ id, amount })),
    ...zones.map(({ id, pickup, dropoff, through }) => ({ id, amount: Math.max(pickup + dropoff, through) })),
  ].find(each => chargesMost > 0 && each.amount > chargesMost)
  return single
    ? [...gantries, finding('error', 'chargesMost', 'lintChargesMost', { id: single.id, most: chargesMost })]
    : gantries
}

/** Cells of two sizes are no neighbours, and h3-js throws. */
const areNeighbors = (from: string, to: string): boolean =>
  getResolution(from) === getResolution(to) && getResolution(from) <= ZONE_RES && areNeighborCells(from, to)

function references({ levies, transfers, zones, classes }: TariffDocument): Finding[] {
  const unknown = (path: string, id: string, of: readonly { readonly id: string }[]) =>
    of.some(each => each.id === id) ? [] : [finding('error', path, 'lintUnknown', { id })]
  return [
    ...levies.flatMap((levy, i) =>
      levy.where.zones.flatMap((id, j) => unknown(`levies[${i}].where.zones[${j}]`, id, zones)),
    ),
    ...transfers.flatMap(({ from, to }, i) => [
      ...unknown(`transfers[${i}].from`, from, classes),
      ...unknown(`transfers[${i}].to`, to, classes),
    ]),
  ]
}

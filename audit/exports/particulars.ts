import type { RegisterLine } from '@hexhail/permits/register.ts'
import type { VehicleClaims } from '@hexhail/permits/vct.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** What the permit office knows of a driver. */
export interface DriverParticulars {
  readonly account: Hex
  readonly name: string
  readonly licence: string
  readonly grantedAtMs: number
  readonly untilS: number
  /** When the permit was suspended or revoked and not reinstated. */
  readonly stoppedAtMs: number | null
  /** Whether he asked for that himself. */
  readonly isOwnWish: boolean
}

/** What the permit office knows, by the hash of a credential; plain data. */
export interface Particulars {
  readonly drivers: ReadonlyMap<Hex, DriverParticulars>
  readonly vehicles: ReadonlyMap<Hex, VehicleClaims>
}

/** An office that knows nobody. */
export const NO_PARTICULARS: Particulars = { drivers: new Map(), vehicles: new Map() }

/** Particulars out of the lines of an office's register; credentials that were replaced keep theirs. */
export function officeParticulars(lines: Iterable<RegisterLine>): Particulars {
  const people = new Map<string, { -readonly [K in keyof DriverParticulars]: DriverParticulars[K] }>()
  const cars = new Map<string, VehicleClaims>()
  const accounts = new Map<string, Hex>()
  const byDriver = new Map<Hex, string>()
  const byVehicle = new Map<Hex, string>()
  for (const line of lines) {
    const person = people.get(line.id)
    if (line.type === 'applied') accounts.set(line.id, line.account)
    if (line.type === 'granted') {
      const { name, licence, car } = line.claims
      const account = accounts.get(line.id) ?? '0x'
      const own = { account, name, licence, grantedAtMs: line.atMs, untilS: line.untilS }
      people.set(line.id, { ...own, stoppedAtMs: null, isOwnWish: false })
      cars.set(line.id, car)
    }
    if (line.type === 'issued') (line.kind === 'driver' ? byDriver : byVehicle).set(line.mark.hash, line.id)
    if (person && line.type === 'stopped') {
      person.stoppedAtMs = line.atMs
      person.isOwnWish = line.reason === 'asked'
    }
    if (person && line.type === 'reinstated') person.stoppedAtMs = null
  }
  return { drivers: joined(byDriver, people), vehicles: joined(byVehicle, cars) }
}

function joined<T>(ids: ReadonlyMap<Hex, string>, of: ReadonlyMap<string, T>): Map<Hex, T> {
  const found = new Map<Hex, T>()
  for (const [credential, id] of ids) {
    const own = of.get(id)
    if (own !== undefined) found.set(credential, own)
  }
  return found
}

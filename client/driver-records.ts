import type { Hex } from '@hexhail/protocol/terms.ts'
import { type ReadonlySignal, type Signal, signal } from '@preact/signals-core'
import type { ClientPorts } from './ports.ts'

/** What the chain says of a driver. */
export interface DriverRecord {
  readonly trips: number
  readonly permitUntilS: number
}

/** The chain's word on drivers, asked once for each. */
export interface DriverRecords {
  /** At once what is known, later what the chain says. */
  of(account: Hex): ReadonlySignal<DriverRecord>
  /** Resolves with what the chain says. */
  ask(account: Hex): Promise<DriverRecord>
}

/** Keeps the records of the drivers a rider has offers from. */
export function createRecords({
  reader,
  rules,
  report,
}: Pick<ClientPorts, 'reader' | 'rules' | 'report'>): DriverRecords {
  const known = new Map<Hex, { record: Signal<DriverRecord>; asked: Promise<DriverRecord> }>()
  const entry = (account: Hex) => {
    let found = known.get(account)
    if (!found) {
      const record = signal<DriverRecord>({ trips: 0, permitUntilS: 0 })
      const asked = Promise.all([
        reader.settledTrips(account),
        reader.permit(rules.tariff.authority, account),
      ]).then(([trips, permit]) => (record.value = { trips, permitUntilS: permit.untilS }))
      asked.catch(error => {
        known.delete(account)
        report(error)
      })
      known.set(account, (found = { record, asked }))
    }
    return found
  }
  return { of: account => entry(account).record, ask: account => entry(account).asked }
}

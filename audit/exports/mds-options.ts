import type { Tariff } from '@hexhail/protocol/tariff.ts'
import type { Particulars } from './particulars.ts'

/** What the trips do not say; plain data. */
export interface MdsOptions {
  /** UUID of who publishes this; by default of the vault. */
  readonly provider: string
  /** UUID of the geography of the whole jurisdiction: where a car is when nobody knows more. */
  readonly jurisdiction: string
  /** ISO 4217. */
  readonly currency: string
  readonly particulars: Particulars
  /** For what the meter would have said where a price was agreed: those that are at hand. */
  readonly tariffs: ReadonlyMap<number, Tariff>
  /** Whether each place of each way is written too. */
  readonly hasTelemetry: boolean
}

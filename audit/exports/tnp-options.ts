import type { Particulars } from './particulars.ts'

/** What the trips do not say; plain data. */
export interface TnpOptions {
  readonly particulars: Particulars
  /** State that licences and plates are of (`IL`); null: not known, blank. */
  readonly state: string | null
  /** First moment of the report and the moment after its last, unix seconds. */
  readonly fromS: number
  readonly toS: number
  /** IANA zone of the times. */
  readonly zone: string
  /** Today, local: `2026-12-01`. */
  readonly today: string
  /** Whether each minute's place of each car on a ride is written too. */
  readonly hasLocations: boolean
}

/** What a verb gets: the options of `hexhail tariff`. */
export interface TariffOptions {
  readonly previous: string | null
  readonly trips: string | null
  readonly bounds: string | null
  readonly out: string | null
  readonly addresses: string
  readonly audit: string | null
  readonly json: boolean
}

/** Prints a line: as text, or with --json the object. */
export type Print = (text: string, json: object) => void

/** A verb: resolves with the exit code. */
export type TariffVerb = (file: string, options: TariffOptions, print: Print) => Promise<number>

import { fileURLToPath } from 'node:url'
import { pageFigures } from '../page-figures.ts'
import type { Timing } from './sample.ts'

/** What the page of the bench finds. */
export interface PageFigures {
  /** Of each start, from `new Worker` with the bytes at hand to a loaded city. */
  readonly readyMs: readonly number[]
  /** From there to the first place on a street, for which the snap grid is laid. */
  readonly firstSnapMs: readonly number[]
  /** Objects and arrays of the city worker once it has answered; null where Chromium does not tell. */
  readonly scriptMb: number | null
  /** Its kernel's memory, of which Chromium does not tell. */
  readonly wasmMb: number
  /** 10 nearest of 10,000 drivers. */
  readonly nearest: Timing
}

/** The city worker in headless Chromium. */
export const timeBrowser = (bundle: Uint8Array): Promise<PageFigures | null> =>
  pageFigures<PageFigures>(fileURLToPath(new URL('page', import.meta.url)), bundle)

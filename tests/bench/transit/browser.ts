import { fileURLToPath } from 'node:url'
import { pageFigures } from '../page-figures.ts'
import type { SearchTimes } from './time-searches.ts'

/** The same questions in a worker of headless Chromium; `bytes` is the timetable. */
export const timeBrowser = (bytes: Uint8Array): Promise<SearchTimes | null> =>
  pageFigures<SearchTimes>(fileURLToPath(new URL('page', import.meta.url)), bytes)

import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

/** The file that starts every Hexhail process. */
export const HEXHAIL = fileURLToPath(new URL('hexhail.ts', import.meta.url))

/** Preloaded into every part of a demo, so that none outlives it. */
export const WITH_PARENT = new URL('with-parent.ts', import.meta.url).href

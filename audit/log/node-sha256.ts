import { hash } from 'node:crypto'
import type { Sha256 } from './tree-hash.ts'

/** SHA-256 of node:crypto: for those who hash a whole log. */
export const nodeSha256: Sha256 = bytes => hash('sha256', bytes, 'buffer')

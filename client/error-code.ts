import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'

/** The code of a fault, for the reducer and for the page's sentence. */
export const errorCode = (error: unknown): string =>
  error instanceof HexhailError ? error.code : error instanceof Error ? error.name : 'UNKNOWN'

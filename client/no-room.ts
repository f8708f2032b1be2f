import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'

/** Said where something new would begin on a full disk. */
export const noRoom = (): HexhailError =>
  new HexhailError('STORAGE', 'The storage of this device is full: free some space and try again.')

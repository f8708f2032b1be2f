import { fromHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { type ActWallet, signAct } from './act-signature.ts'
import { encodeEntry, type LogAct } from './entry.ts'

/** What every act says besides its own matter. */
type Backing = 'authority' | 'atMs' | 'tx' | 'logIndex' | 'signature'
/** An act without them. */
export type ActMatter = {
  [N in LogAct['name']]: Omit<Extract<LogAct, { readonly name: N }>, Backing>
}[LogAct['name']]

/** What stands behind an act: its transaction, or the authority's wallet. */
export type ActBacking =
  | { readonly authority: Hex; readonly tx: Hex; readonly logIndex: number; readonly atMs: number }
  | { readonly wallet: ActWallet; readonly atMs: number }

const NOTHING = new Uint8Array(0)

/**
 * Puts an act of an authority into a log: `add` is that of a log here, or of a client of one. The same act twice is one
 * leaf. Resolves with what `add` says.
 */
export async function appendAct<T>(
  add: (entry: Uint8Array) => Promise<T>,
  matter: ActMatter,
  backing: ActBacking,
): Promise<T> {
  const { atMs } = backing
  if ('tx' in backing) {
    const { authority, tx, logIndex } = backing
    const place = { authority, tx: fromHex(tx, 32), logIndex, atMs, signature: NOTHING }
    return add(encodeEntry({ ...matter, ...place } as LogAct))
  }
  const { wallet } = backing
  const place = { authority: wallet.address, tx: new Uint8Array(32), logIndex: 0, atMs, signature: NOTHING }
  return add(encodeEntry(await signAct(wallet, { ...matter, ...place } as LogAct)))
}

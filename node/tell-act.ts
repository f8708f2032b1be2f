import type { ActWallet } from '@hexhail/audit/log/act-signature.ts'
import { type ActMatter, appendAct } from '@hexhail/audit/log/append-act.ts'

/** Puts an act of the authority that is on no chain into the public log. */
export type TellAct = (matter: ActMatter, atMs: number) => Promise<void>

/** Tells acts signed by the authority's wallet: `add` is that of a log here, or of a client of one. */
export const teller =
  (add: (entry: Uint8Array) => Promise<unknown>, wallet: ActWallet): TellAct =>
  async (matter, atMs) =>
    void (await appendAct(add, matter, { wallet, atMs }))

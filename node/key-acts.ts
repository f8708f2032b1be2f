import { KEY_CHANGES } from '@hexhail/audit/log/entry.ts'
import type { KeptMonthKey } from '@hexhail/audit/month-keys.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import type { TellAct } from './tell-act.ts'

/** Tells the log which keys records of a month are sealed to, and of which the private half is destroyed. */
export async function tellKeys(keys: readonly KeptMonthKey[], tell: TellAct): Promise<void> {
  for (const { month, publicKey, madeAtMs, destroyedAtMs } of keys) {
    const [year, place] = [Math.floor(month / 100), (month % 100) - 1]
    const [fromMs, untilMs] = [Date.UTC(year, place), Date.UTC(year, place + 1)]
    const matter = { name: 'key', key: fromHex(publicKey, 32), fromMs, untilMs } as const
    // The same act has the same time whenever it is told, so that it is one leaf.
    await tell({ ...matter, change: KEY_CHANGES.published }, madeAtMs || fromMs)
    if (destroyedAtMs !== null) await tell({ ...matter, change: KEY_CHANGES.destroyed }, destroyedAtMs)
  }
}

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TariffShelf } from '@hexhail/audit/tariff/tariff-http.ts'
import { MONTEVIDEO_DOCUMENT } from '@hexhail/chain/montevideo-tariff.ts'
import { localChainKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { tariffHash } from '@hexhail/protocol/tariff-document.ts'
import { signTariff } from './tariff-file.ts'

/** Signed tariff documents as files of a folder, each named by its hash. */
export function fileShelf(dir: string): TariffShelf {
  const pathOf = (hash: string): string => join(dir, `${hash}.json`)
  return {
    load: hash => readFile(pathOf(hash), 'utf8').catch(() => null),
    async save(hash, text) {
      await mkdir(dir, { recursive: true })
      await writeFile(`${pathOf(hash)}.tmp`, text)
      await rename(`${pathOf(hash)}.tmp`, pathOf(hash))
    },
  }
}

/** Puts the demo's document there, signed by the demo's authority, whose key every local chain is born with. */
export async function shelveDemo(shelf: TariffShelf, chainId: number): Promise<void> {
  const hash = tariffHash(MONTEVIDEO_DOCUMENT).slice(2)
  if ((await shelf.load(hash)) !== null) return
  const signed = await signTariff(walletFromKey(localChainKey(0)), MONTEVIDEO_DOCUMENT, chainId)
  await shelf.save(hash, JSON.stringify(signed))
}

import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConcessionWallet } from '@hexhail/client/concession-wallet.ts'
import { createConcessionReader } from '@hexhail/client/read-concession.ts'
import { createMemoryStore } from '@hexhail/client/store.ts'
import { createPermitHandler } from '@hexhail/node/permit-handler.ts'
import { openPermitOffice } from '@hexhail/node/permit-office.ts'
import { createConcessionClient } from '@hexhail/permits/concession-client.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { createSealKey } from '@hexhail/protocol/seal.ts'
import type { startStack } from './stack.ts'

/** The town's permit office over HTTP, granting at once, with the devices' sides of it. */
export async function openTownOffice(stack: Awaited<ReturnType<typeof startStack>>) {
  const { authority, config, tariffId, rules } = stack
  const now = () => Date.now()
  const dir = mkdtempSync(join(tmpdir(), 'hexhail-town-'))
  let handler: ReturnType<typeof createPermitHandler> = () => false
  const server = createServer((request, response) => void handler(request, response))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const seal = await createSealKey()
  const office = await openPermitOffice({
    addresses: { ...config, tariffId, authority: authority.address },
    ...{ authority, url, dir, now, sealKey: toHex(seal.publicKey), automatic: seal.keyPair },
  })
  handler = createPermitHandler(office, now, error => stack.faults.push(error))
  const random = (size: number) => crypto.getRandomValues(new Uint8Array(size))
  const { permits } = config.contracts
  const at = { url, chainId: config.chainId, permits, authority: authority.address }
  const client = createConcessionClient({ ...at, fetch, now, random })
  return {
    concessions: office.concessions,
    wallet: () => createConcessionWallet({ office: client, store: createMemoryStore(), now }),
    reader: () => createConcessionReader({ office: client, rules, store: createMemoryStore(), now }),
    stop: async () => {
      server.close()
      await office[Symbol.asyncDispose]()
      rmSync(dir, { recursive: true })
    },
  }
}

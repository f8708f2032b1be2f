import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Tariff } from '@hexhail/protocol/tariff.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { Interface } from 'ethers'
import { FACTORY, type Part, type PartName, partsOf } from './deployment.ts'
import { TARIFFS } from './generated/abi.ts'
import type { Contracts } from './ports.ts'
import { ensureTariff } from './publish-tariff.ts'
import { createRpc, type Rpc } from './rpc.ts'
import { createSender, type SenderOptions } from './sender.ts'
import type { ChainWallet } from './wallet.ts'

/** What stands on a chain after `deploy`. */
export interface Deployment {
  readonly contracts: Contracts
  readonly tariffId: number
  /** Transactions that it took: 0 when all of it stood there before. */
  readonly sent: number
}

const TARIFFS_ABI = new Interface(TARIFFS.abi)

/** Where a deployment goes, and over which token; without one over the test stablecoin, put there too. */
export interface DeployTarget {
  readonly chainId: number
  readonly rpcUrl: string
  readonly token?: Hex
}

/**
 * Sees that the contracts and the tariff are on the chain; what is there already is known without any file.
 * `authority` pays, and publishes.
 * @throws {HexhailError} 'no-factory', or a fault of the chain
 */
export async function deploy(
  chain: DeployTarget,
  authority: ChainWallet,
  tariff: Tariff,
  options: SenderOptions = {},
): Promise<Deployment> {
  const rpc = options.rpc ?? createRpc(chain.rpcUrl)
  const send = createSender(chain, authority, { ...options, rpc })
  const parts = partsOf(chain.token)
  const missing = await missingParts(rpc, parts)
  let sent = 0
  const place = async (names: readonly PartName[]) => {
    const wanted = missing.filter(({ name }) => names.includes(name))
    sent += wanted.length
    await Promise.all(
      wanted.map(part =>
        send({ to: FACTORY, data: part.data! }).catch(error => {
          throw notPlaced(error, part)
        }),
      ),
    )
  }
  // Each of these asks the ones before it in its constructor.
  await place(['token', 'tariffs', 'permits', 'anchor', 'relayRegistry'])
  await place(['vault'])
  await place(['vouchers', 'bonds', 'keyBonds'])

  const { token, vault, tariffs, permits, relayRegistry } = addressesOf(parts)
  const published = await ensureTariff(rpc, send, tariffs, tariff)
  if (published.isNew) sent++
  // The vault needs the tariffs, so nothing of it stands before them, whatever a node can search.
  const data = TARIFFS_ABI.encodeFunctionData('deployBlock')
  const deployBlock = Number(await rpc('eth_call', [{ to: tariffs, data }, 'latest']))
  const contracts = { token, vault, tariffs, permits, relayRegistry, deployBlock }
  return { contracts, tariffId: published.id, sent }
}

const addressesOf = (parts: Record<PartName, Part>) =>
  Object.fromEntries(Object.values(parts).map(part => [part.name, part.address])) as Record<PartName, Hex>

/**
 * The contracts that a chain has not yet. @throws {HexhailError} 'no-factory'; 'no-token' where no contract is at the
 * token's address
 */
export async function missingParts(rpc: Rpc, parts: Record<PartName, Part>): Promise<Part[]> {
  const hasCode = async (address: Hex) => (await rpc('eth_getCode', [address, 'latest'])) !== '0x'
  const list = Object.values(parts)
  const [factory, ...there] = await Promise.all([FACTORY, ...list.map(part => part.address)].map(hasCode))
  if (!factory)
    throw new HexhailError('no-factory', `There is no CREATE2 factory at ${FACTORY}: deploy it first.`, {
      FACTORY,
    })
  const missing = list.filter((_, i) => !there[i])
  const token = missing.find(part => part.data === undefined)
  if (token)
    throw new HexhailError('no-token', `There is no token at ${token.address}: correct the address.`, {
      token: token.address,
    })
  return missing
}

function notPlaced(error: unknown, { name, codeBytes: bytes }: Part): unknown {
  if (!(error instanceof HexhailError) || error.code !== 'reverted') return error
  const message = `The chain refused ${name}, ${bytes} bytes with its constructor: the limit is 24576 without it.`
  return new HexhailError('not-deployed', message, { name, bytes }, error)
}

import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Tariff } from '@hexhail/protocol/tariff.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { Interface } from 'ethers'
import { FACTORY, type Part, type PartName, partsOf } from './deployment.ts'
import { TARIFFS } from './generated/abi.ts'
import type { Contracts } from './ports.ts'
import { tariffFrom } from './reader.ts'
import { createRpc, type Rpc } from './rpc.ts'
import { createSender, type SenderOptions } from './sender.ts'
import type { ChainWallet } from './wallet.ts'
import { wordsOf } from './words.ts'

/** What stands on a chain after `deploy`. */
export interface Deployment {
  readonly contracts: Contracts
  readonly tariffId: number
  /** Transactions that it took: 0 when all of it stood there before. */
  readonly sent: number
}

const TARIFFS_ABI = new Interface(TARIFFS.abi)
/** Bit of the id of a tariff that needs a permit (contracts/src/Tariffs.sol). */
const NEEDS_PERMIT = 2 ** 31

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
  await place(['vouchers', 'bonds'])

  const { token, vault, tariffs, permits, relayRegistry } = addressesOf(parts)
  let tariffId = await idOf(rpc, tariffs, tariff)
  if (tariffId === null) {
    const data = TARIFFS_ABI.encodeFunctionData('publish', [tariff]) as Hex
    await send({ to: tariffs, data })
    sent++
    tariffId = await idOf(rpc, tariffs, tariff)
    if (tariffId === null)
      throw new HexhailError(
        'not-published',
        'The chain took the tariff and does not show it: run this again.',
      )
  }
  // The vault needs the tariffs, so nothing of it stands before them, whatever a node can search.
  const deployBlock = Number(await call(rpc, tariffs, 'deployBlock'))
  const contracts = { token, vault, tariffs, permits, relayRegistry, deployBlock }
  return { contracts, tariffId, sent }
}

const addressesOf = (parts: Record<PartName, Part>) =>
  Object.fromEntries(Object.values(parts).map(part => [part.name, part.address])) as Record<PartName, Hex>

/** How many of the newest tariffs are looked through: anyone may publish. */
const NEWEST = 256

/** Number of a tariff with these fields among the newest; null: it is to be published. */
async function idOf(rpc: Rpc, tariffs: Hex, tariff: Tariff): Promise<number | null> {
  const count = Number(await call(rpc, tariffs, 'count'))
  for (let number = count; number > Math.max(0, count - NEWEST); number--) {
    const id = tariff.needsPermit ? number + NEEDS_PERMIT : number
    const there = await call(rpc, tariffs, 'get', id).catch(error => {
      if (error instanceof HexhailError && error.code === 'rpc-error') return null
      throw error
    })
    if (there === null) continue
    const found = tariffFrom(wordsOf(there))
    if (Object.entries(tariff).every(([key, value]) => found[key as keyof Tariff] === lower(value))) return id
  }
  return null
}

async function call(rpc: Rpc, to: Hex, name: string, ...args: readonly number[]): Promise<string> {
  const data = TARIFFS_ABI.encodeFunctionData(name, args)
  return (await rpc('eth_call', [{ to, data }, 'latest'])) as string
}

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

const lower = <T>(value: T): T => (typeof value === 'string' ? (value.toLowerCase() as T) : value)

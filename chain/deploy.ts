import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Tariff } from '@hexhail/protocol/tariff.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { AbiCoder, getCreate2Address, Interface, keccak256 } from 'ethers'
import { FARE_DOLLAR, FARE_VAULT, PERMITS, TARIFFS } from './generated/abi.ts'
import type { Contracts } from './ports.ts'
import { tariffFrom } from './reader.ts'
import { createRpc } from './rpc.ts'
import { createSender, type SenderOptions } from './sender.ts'
import type { RawLog } from './vault-log.ts'
import type { ChainWallet } from './wallet.ts'
import { wordsOf } from './words.ts'

/** What stands on a chain after `deploy`. */
export interface Deployment {
  readonly contracts: Contracts
  readonly tariffId: number
  /** Transactions that it took: 0 when all of it stood there before. */
  readonly sent: number
}

/** The CREATE2 factory that is at this address on every chain, anvil included. */
const FACTORY: Hex = '0x4e59b44847b379578588920ca78fbf26c0b4956c'
const SALT: Hex = `0x${'00'.repeat(32)}`
const PUBLISHED = new Interface(TARIFFS.abi).getEvent('Published')!.topicHash

/**
 * Sees that the contracts and the tariff are on the chain. An address is made from the code that stands there, so what
 * is there already is known without any file, and changed code gets a new address. `authority` pays, and publishes.
 * @throws {HexhailError} 'no-factory', or a fault of the chain
 */
export async function deploy(
  chain: { readonly chainId: number; readonly rpcUrl: string },
  authority: ChainWallet,
  tariff: Tariff,
  options: SenderOptions = {},
): Promise<Deployment> {
  const rpc = options.rpc ?? createRpc(chain.rpcUrl)
  const send = createSender(chain, authority, { ...options, rpc })
  let sent = 0

  const hasCode = async (address: Hex) => (await rpc('eth_getCode', [address, 'latest'])) !== '0x'
  if (!(await hasCode(FACTORY)))
    throw new HexhailError('no-factory', `There is no CREATE2 factory at ${FACTORY}: deploy it first.`, {
      FACTORY,
    })

  const place = async (address: Hex, initCode: Hex) => {
    if (await hasCode(address)) return
    await send({ to: FACTORY, data: (SALT + initCode.slice(2)) as Hex }).catch(error => {
      throw notPlaced(error, initCode)
    })
    sent++
  }
  const { token, tariffs, permits, vault, codes } = addresses()
  await Promise.all([place(token, codes.token), place(tariffs, codes.tariffs), place(permits, codes.permits)])
  await place(vault, codes.vault)

  const published = async () => {
    const range = { fromBlock: '0x0', toBlock: 'latest' }
    return (await rpc('eth_getLogs', [{ address: tariffs, topics: [PUBLISHED], ...range }])) as RawLog[]
  }
  const same = (log: RawLog) => {
    const there = tariffFrom(wordsOf(log.data))
    return Object.entries(tariff).every(([key, value]) => there[key as keyof Tariff] === lower(value))
  }
  let logs = await published()
  if (!logs.some(same)) {
    const data = new Interface(TARIFFS.abi).encodeFunctionData('publish', [tariff]) as Hex
    await send({ to: tariffs, data })
    sent++
    logs = await published()
  }
  // Nobody can hold before a tariff stands, so the first of them is where the vault's facts begin.
  const deployBlock = Number(logs[0]!.blockNumber)
  const tariffId = Number(logs.find(same)!.topics[1])
  return { contracts: { token, vault, tariffs, permits, deployBlock }, tariffId, sent }
}

function notPlaced(error: unknown, initCode: Hex): unknown {
  if (!(error instanceof HexhailError) || error.code !== 'reverted') return error
  const bytes = initCode.length / 2 - 1
  const message = `The chain refused a contract of ${bytes} bytes with its constructor: the limit is 24576 without it.`
  return new HexhailError('not-deployed', message, { bytes }, error)
}

const lower = <T>(value: T): T => (typeof value === 'string' ? (value.toLowerCase() as T) : value)

function addresses() {
  const at = (code: Hex) => getCreate2Address(FACTORY, SALT, keccak256(code)).toLowerCase() as Hex
  const plain = { token: FARE_DOLLAR.bytecode, tariffs: TARIFFS.bytecode, permits: PERMITS.bytecode } as const
  const [token, tariffs, permits] = [at(plain.token), at(plain.tariffs), at(plain.permits)]
  const args = AbiCoder.defaultAbiCoder().encode(['address', 'address'], [token, tariffs]).slice(2)
  const vaultCode: Hex = `${FARE_VAULT.bytecode}${args}`
  return { token, tariffs, permits, vault: at(vaultCode), codes: { ...plain, vault: vaultCode } }
}

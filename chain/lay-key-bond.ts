import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { KEY_BOND_LEAST } from '@hexhail/protocol/key-bond.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { Interface } from 'ethers'
import { FARE_DOLLAR_ABI, FARE_VAULT_ABI, KEY_BONDS_ABI } from './generated/abi.ts'
import type { KeyBondPlace } from './key-bonds.ts'
import { createRpc, type Rpc } from './rpc.ts'
import { createSender, type SenderOptions } from './sender.ts'
import type { ChainWallet } from './wallet.ts'

const BONDS = new Interface(KEY_BONDS_ABI)
const VAULT = new Interface(FARE_VAULT_ABI)
const TOKEN = new Interface(FARE_DOLLAR_ABI)
const DAY_S = 86_400
/** Time for a transaction to be mined: a bond is laid for so much more than its days. */
const MINING_S = 3600

/** What a payer has beside a session key, and what of his lies beside none; minor units. */
export interface KeyBond {
  readonly amount: bigint
  readonly untilS: number
  /** The chain's time, unix seconds. */
  readonly nowS: number
  readonly purse: bigint
}

/** Reads one payer's bond of a key. @throws {HexhailError} 'no-contract', or a fault of the chain */
export async function readKeyBond(rpc: Rpc, keyBonds: Hex, session: Hex, payer: Hex): Promise<KeyBond> {
  const [[amount, until], [purse], block] = await Promise.all([
    read<bigint>(rpc, BONDS, keyBonds, 'bondOf', session, payer),
    read<bigint>(rpc, BONDS, keyBonds, 'freeOf', payer),
    rpc('eth_getBlockByNumber', ['latest', false]) as Promise<{ timestamp: Hex }>,
  ])
  return { amount: amount!, untilS: Number(until), nowS: Number(block.timestamp), purse: purse! }
}

/**
 * Lays what is missing to a bond of `amount` beside a key, for `days` more days: first out of the wallet's purse, then of
 * its token. Resolves with the bond once mined.
 * @throws {HexhailError} 'bond-too-low', 'bond-term', 'token-too-low', or a fault of the chain
 */
export async function layKeyBond(
  place: KeyBondPlace,
  wallet: ChainWallet,
  session: Hex,
  { amount, days }: { readonly amount: bigint; readonly days: number },
  options: SenderOptions = {},
): Promise<KeyBond> {
  const { keyBonds } = place
  const rpc = options.rpc ?? createRpc(place.rpcUrl)
  const send = createSender(place, wallet, { ...options, rpc })
  const run = (to: Hex, abi: Interface, name: string, ...args: readonly unknown[]) =>
    send({ to, data: abi.encodeFunctionData(name, args) as Hex })
  if (amount < KEY_BOND_LEAST)
    throw new HexhailError('bond-too-low', `Relays count a bond of ${KEY_BOND_LEAST} minor units or more.`, {
      amount,
    })
  const before = await readKeyBond(rpc, keyBonds, session, wallet.address)
  const until = Math.max(before.untilS, before.nowS) + days * DAY_S + MINING_S
  if (until > before.nowS + 365 * DAY_S)
    throw new HexhailError('bond-term', 'A bond lies for a year at most from now: give fewer --days.', {
      days,
    })
  const more = amount > before.amount ? amount - before.amount : 0n
  const lacking = more > before.purse ? more - before.purse : 0n
  if (lacking > 0n) {
    const token = await tokenOf(rpc, keyBonds)
    const [has] = await read<bigint>(rpc, TOKEN, token, 'balanceOf', wallet.address)
    if (has! < lacking)
      throw new HexhailError(
        'token-too-low',
        `The wallet ${wallet.address} has ${has} minor units of the token, ${lacking} are needed: get more.`,
        { has, lacking },
      )
    await run(token, TOKEN, 'approve', keyBonds, lacking)
    await run(keyBonds, BONDS, 'fund', wallet.address, lacking)
  }
  await run(keyBonds, BONDS, 'lay', session, more, until)
  return readKeyBond(rpc, keyBonds, session, wallet.address)
}

/**
 * Puts the wallet's bond of a key, whose time is over, back into its purse, and pays all of the purse to `to`, if any.
 * Resolves with what was paid. @throws {HexhailError} 'bond-bound' with the time, or a fault of the chain
 */
export async function liftKeyBond(
  place: KeyBondPlace,
  wallet: ChainWallet,
  session: Hex,
  to: Hex | null,
  options: SenderOptions = {},
): Promise<bigint> {
  const { keyBonds } = place
  const rpc = options.rpc ?? createRpc(place.rpcUrl)
  const send = createSender(place, wallet, { ...options, rpc })
  const run = (name: string, ...args: readonly unknown[]) =>
    send({ to: keyBonds, data: BONDS.encodeFunctionData(name, args) as Hex })
  const { amount, untilS, nowS } = await readKeyBond(rpc, keyBonds, session, wallet.address)
  if (amount > 0n && untilS > nowS) {
    const until = new Date(untilS * 1000).toISOString()
    throw new HexhailError('bond-bound', `The bond lies until ${until}: lift it then.`, { untilS })
  }
  if (amount > 0n) await run('lift', session)
  const { purse } = await readKeyBond(rpc, keyBonds, session, wallet.address)
  if (to === null || purse === 0n) return 0n
  await run('defund', to, purse)
  return purse
}

/** The token that bonds are of. */
async function tokenOf(rpc: Rpc, keyBonds: Hex): Promise<Hex> {
  const [vault] = await read<Hex>(rpc, BONDS, keyBonds, 'vault')
  const [token] = await read<Hex>(rpc, VAULT, vault!, 'token')
  return token!
}

async function read<T>(
  rpc: Rpc,
  abi: Interface,
  to: Hex,
  name: string,
  ...args: readonly Hex[]
): Promise<T[]> {
  const data = abi.encodeFunctionData(name, args)
  const answer = String(await rpc('eth_call', [{ to, data }, 'latest']))
  if (answer === '0x')
    throw new HexhailError('no-contract', `No bonds of keys answer at ${to}: correct the address.`, { to })
  return abi.decodeFunctionResult(name, answer).toArray() as T[]
}

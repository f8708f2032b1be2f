import type { KeyBondPlace } from '@hexhail/chain/key-bonds.ts'
import { type KeyBond, layKeyBond, liftKeyBond, readKeyBond } from '@hexhail/chain/lay-key-bond.ts'
import { createRpc } from '@hexhail/chain/rpc.ts'
import { walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { KEY_BOND_LEAST } from '@hexhail/protocol/key-bond.ts'
import { sessionAddress } from '@hexhail/protocol/session-key.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { readAddresses } from '../addresses.ts'
import { command } from '../command.ts'
import { addressFrom, keyFromEnvironment } from '../environment.ts'
import { inToken } from '../in-token.ts'

const DEEDS = ['show', 'fund', 'defund'] as const
const UNIT = 1_000_000n

/** `hexhail bond`: money beside a session key, so that relays under load hear it for the usual work. */
export const bondCommand = command({
  usage: `bond ${DEEDS.join('|')} KEY`,
  about:
    'Lays money beside a session key, or takes it back when its time is over. KEY is the address of the key, or the\n' +
    'key itself (x and y, 128 hex digits). HEXHAIL_KEY is the key (32 bytes, hex) of the account that pays, and that\n' +
    'alone gets it back. The chain shows to all who pays for which key: do not pay for your own rides from an account\n' +
    'that is known to be yours.',
  words: 2,
  options: {
    addresses: {
      kind: 'text',
      value: 'addresses.json',
      shown: 'FILE',
      help: 'where the contracts are, as deploy wrote it',
    },
    amount: {
      kind: 'integer',
      value: Number(KEY_BOND_LEAST / UNIT),
      min: 1,
      max: 1_000_000,
      help: 'whole dollars that are to lie beside the key; relays count no less than this',
    },
    days: { kind: 'integer', value: 1, min: 1, max: 364, help: 'how long, on top of what it is laid for' },
    to: { kind: 'text', value: null, shown: 'ADDRESS', help: 'whom defund pays; without it the payer' },
  },
  async run({ addresses, amount, days, to }, [deed = '', key]) {
    if (!DEEDS.includes(deed as (typeof DEEDS)[number]))
      throw new HexhailError('bad-value', `«${deed}» is no deed: ${DEEDS.join(', ')}.`)
    if (key === undefined) throw new HexhailError('bad-value', `${deed} needs the session KEY: see --help.`)
    const session = sessionFrom(key)
    const place = placeFrom(addresses)
    const wallet = walletFromKey(keyFromEnvironment())
    if (deed === 'fund')
      return print(session, await layKeyBond(place, wallet, session, { amount: BigInt(amount) * UNIT, days }))
    if (deed === 'defund') {
      const payee = to === null ? wallet.address : addressFrom('--to', to)
      const paid = await liftKeyBond(place, wallet, session, payee)
      return write(`${inToken(paid)} paid out to ${payee}`)
    }
    print(session, await readKeyBond(createRpc(place.rpcUrl), place.keyBonds, session, wallet.address))
  },
})

const write = (line: string): void => void process.stdout.write(`${line}\n`)

function print(session: Hex, { amount, untilS, nowS, purse }: KeyBond): void {
  const until = new Date(untilS * 1000).toISOString()
  const counts = amount >= KEY_BOND_LEAST && untilS > nowS
  const word = amount === 0n ? 'nothing' : `${inToken(amount)} until ${until}`
  write(`${session}: ${word}; ${counts ? 'relays count it' : 'no relay counts it'}; ${inToken(purse)} free`)
}

function sessionFrom(text: string): Hex {
  return /^(0x)?[0-9a-fA-F]{128}$/.test(text)
    ? sessionAddress(fromHex(`0x${text.replace(/^0x/, '')}`, 64))
    : addressFrom('KEY', text)
}

function placeFrom(path: string): KeyBondPlace {
  const { chainId, rpcUrl, others } = readAddresses(path)
  if (others?.keyBonds !== undefined) return { chainId, rpcUrl, keyBonds: others.keyBonds }
  throw new HexhailError('key-bonds', `${path} names no bonds of keys: run hexhail deploy again.`, { path })
}

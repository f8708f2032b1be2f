import { createLogClient } from '@hexhail/audit/log/log-client.ts'
import { contestedTrip } from '@hexhail/chain/contested-trip.ts'
import { createRpc } from '@hexhail/chain/rpc.ts'
import { walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { fromHex, isHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { readAddresses } from '../addresses.ts'
import { command } from '../command.ts'
import { keyFromEnvironment } from '../environment.ts'
import { fromToken, inToken } from '../in-token.ts'
import { teller } from '../tell-act.ts'

const WHY = {
  'not-contested': 'is not contested: there is nothing to rule.',
  closed: 'is closed already.',
  'terms-unknown': 'was claimed through another contract: its terms do not stand on the chain.',
} as const

/** `hexhail audit rule`: the arbiter shares out what a rider and a driver dispute. */
export const auditRuleCommand = command({
  usage: 'audit rule TRIP',
  about:
    'Shows what is disputed of a contested trip (the digest of its terms), and with --to-driver shares it out, in the name\n' +
    'of the account whose key is HEXHAIL_KEY, which must be the arbiter of its terms. The rest is the rider’s. A node that\n' +
    'runs the public log puts the ruling into it; --reason goes there too, signed: all can read it, so name nobody.',
  words: 1,
  options: {
    addresses: { kind: 'text', value: '.hexhail/addresses.json', shown: 'FILE', help: 'chain and contracts' },
    'to-driver': { kind: 'text', value: null, shown: 'AMOUNT', help: 'of what is disputed, 3.50' },
    reason: { kind: 'text', value: null, shown: 'TEXT', help: 'why, for the public log' },
    log: {
      kind: 'text',
      value: 'http://127.0.0.1:7020/log',
      shown: 'URL',
      help: 'public log for the reason',
    },
  },
  async run({ addresses: path, reason, log, ...more }, [id]) {
    if (!isHex(id, 32)) throw new HexhailError('bad-value', 'Say which TRIP: the digest of its terms, 0x….')
    const config = readAddresses(path)
    const found = await contestedTrip(createRpc(config.rpcUrl), config, id)
    if (typeof found === 'string') throw new HexhailError(found, `${id} ${WHY[found]}`)
    const { terms, admitted, disputed, deadlineS } = found
    const about = { trip: id, rider: terms.rider, driver: terms.driver, arbiter: terms.details.arbiter }
    const money = { admitted: inToken(admitted), disputed: inToken(disputed) }
    const amount = more['to-driver']
    if (amount === null) return print({ ...about, ...money, ruleBefore: new Date(deadlineS * 1_000) })
    const toDriver = fromToken(amount)
    if (toDriver === null || toDriver > disputed)
      throw new HexhailError('bad-value', `--to-driver is from 0 to ${money.disputed}, not «${amount}».`)
    const wallet = walletFromKey(keyFromEnvironment())
    if (wallet.address !== terms.details.arbiter)
      throw new HexhailError(
        'not-arbiter',
        `${wallet.address} is not the arbiter of this trip, ${terms.details.arbiter} is.`,
      )
    const tx = await wallet.writer(config).rule(terms, toDriver)
    print({ ...about, toDriver: inToken(toDriver), toRider: inToken(disputed - toDriver), tx })
    if (reason === null) return
    const tell = teller(createLogClient(log).add, wallet)
    await tell({ name: 'reason', terms: fromHex(id, 32), reason }, Date.now())
  },
})

const print = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`)

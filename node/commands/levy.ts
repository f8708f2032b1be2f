import { createReader } from '@hexhail/chain/reader.ts'
import { walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { readAddresses } from '../addresses.ts'
import { command } from '../command.ts'
import { addressFrom, keyFromEnvironment } from '../environment.ts'
import { inToken } from '../in-token.ts'

/** `hexhail levy`: what an authority has earned, out of the tariff's pot and, if wanted, out of the vault. */
export const levyCommand = command({
  usage: 'levy',
  about:
    "Moves a tariff's levy to its authority's balance in the vault; anyone may. With --withdraw also out of it, which\n" +
    "only the authority's own key can. HEXHAIL_KEY is the key (32 bytes, hex) of the account that sends.",
  options: {
    addresses: {
      kind: 'text',
      value: 'addresses.json',
      shown: 'FILE',
      help: 'where the contracts are, as deploy wrote it',
    },
    tariff: { kind: 'integer', value: 0, min: 0, max: 0xffffffff, help: 'which tariff; 0: that of the file' },
    withdraw: { kind: 'text', value: null, shown: 'ADDRESS', help: 'pays the whole balance out to it' },
  },
  async run({ addresses, tariff, withdraw }) {
    const config = readAddresses(addresses)
    const to = withdraw === null ? null : addressFrom('--withdraw', withdraw)
    const id = tariff === 0 ? config.tariffId : tariff
    const wallet = walletFromKey(keyFromEnvironment())
    const writer = wallet.writer(config)
    const reader = createReader(config)
    const { authority } = await reader.tariff(id)
    if (to !== null && authority !== wallet.address)
      throw new HexhailError('not-authority', `Only ${authority} can pay it out: set HEXHAIL_KEY to its key.`)
    const waiting = await reader.levy(id)
    if (waiting > 0n) await writer.collect(id)
    const { free } = await reader.account(authority)
    print(`tariff ${id}: ${inToken(waiting)} collected; ${authority} has ${inToken(free)} in the vault`)
    if (to === null) return
    if (free > 0n) await writer.withdraw(to, free)
    print(`${inToken(free)} paid out to ${to}`)
  },
})

const print = (line: string): void => void process.stdout.write(`${line}\n`)

import { join } from 'node:path'
import { createLogClient } from '@hexhail/audit/log/log-client.ts'
import { destroyMonthKey, type KeptMonthKey, listMonthKeys, makeMonthKey } from '@hexhail/audit/month-keys.ts'
import { walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { monthAfter, monthOf } from '@hexhail/protocol/month-key.ts'
import { readAddresses } from '../addresses.ts'
import { command } from '../command.ts'
import { keyFromEnvironment } from '../environment.ts'
import { tellKeys } from '../key-acts.ts'
import { monthKeySigner } from '../month-key-signer.ts'
import { type TellAct, teller } from '../tell-act.ts'

/** What has to be typed to destroy a key. */
export const confirmationOf = (month: number): string => `destroy ${month}`

/** `hexhail audit keys`: the authority's monthly keys. */
export const auditKeysCommand = command({
  usage: 'audit keys list|make|destroy [MONTH]',
  about:
    'The keys that trip records are sealed to, one a month (202611). list prints one line of JSON for each; make makes\n' +
    'one, signed by the account whose key is HEXHAIL_KEY: without MONTH this month and the next. destroy MONTH makes the\n' +
    "records of that month unreadable for ever, for everybody; it asks for --confirm 'destroy 202611'.",
  words: 2,
  options: {
    addresses: { kind: 'text', value: '.hexhail/addresses.json', shown: 'FILE', help: 'chain and contracts' },
    dir: {
      kind: 'text',
      value: '.hexhail/audit',
      shown: 'DIR',
      help: 'where the audit node keeps its files',
    },
    confirm: {
      kind: 'text',
      value: null,
      shown: 'TEXT',
      help: 'what is asked for before a key is destroyed',
    },
    log: {
      kind: 'text',
      value: null,
      shown: 'URL',
      help: 'public log to tell it to, signed with HEXHAIL_KEY; an audit node tells its own',
    },
  },
  async run({ addresses, dir, confirm, log }, [verb = 'list', word]) {
    const folder = join(dir, 'month-keys')
    const nowMs = Date.now()
    const tell = log === null ? null : teller(createLogClient(log).add, walletFromKey(keyFromEnvironment()))
    if (verb === 'list') return print(await listMonthKeys(folder))
    const month = word === undefined ? null : Number(word)
    if (month !== null && !/^\d{6}$/.test(word ?? ''))
      throw new HexhailError('month', `«${word}» is no month: write it like 202611.`)
    if (verb === 'make') {
      const wallet = walletFromKey(keyFromEnvironment())
      const sign = monthKeySigner(wallet, readAddresses(addresses).chainId)
      const now = monthOf(Date.now())
      const months = month === null ? [now, monthAfter(now)] : [month]
      return done(
        await Promise.all(months.map(each => makeMonthKey(folder, wallet.address, each, sign, nowMs))),
        tell,
      )
    }
    if (verb !== 'destroy')
      throw new HexhailError('verb', `There is no «audit keys ${verb}»: it is list, make or destroy.`)
    if (month === null) throw new HexhailError('month', 'Say which month: hexhail audit keys destroy 202611.')
    if (confirm !== confirmationOf(month)) {
      throw new HexhailError(
        'confirm',
        `Records of ${month} can be opened by nobody after this. If that is meant: --confirm '${confirmationOf(month)}'.`,
      )
    }
    return done([await destroyMonthKey(folder, month, nowMs)], tell)
  },
})

async function done(keys: readonly KeptMonthKey[], tell: TellAct | null): Promise<void> {
  print(keys)
  if (tell) await tellKeys(keys, tell)
}

function print(keys: readonly KeptMonthKey[]): void {
  for (const { authority, month, publicKey, destroyedAtMs } of keys)
    process.stdout.write(`${JSON.stringify({ month, authority, publicKey, destroyedAtMs })}\n`)
}

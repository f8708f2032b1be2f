import { readFileSync } from 'node:fs'
import { deploy } from '@hexhail/chain/deploy.ts'
import { deployCost, tokenFault } from '@hexhail/chain/deploy-cost.ts'
import { otherContracts, partsOf } from '@hexhail/chain/deployment.ts'
import { montevideoTariff } from '@hexhail/chain/montevideo-tariff.ts'
import { createRpc } from '@hexhail/chain/rpc.ts'
import { walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Tariff } from '@hexhail/protocol/tariff.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { writeAddresses } from '../addresses.ts'
import { command } from '../command.ts'
import { addressFrom, keyFromEnvironment } from '../environment.ts'
import { hasParent, report } from '../parent.ts'

const LOCAL_CHAIN = 31_337

/** `hexhail deploy`: the contracts on any chain. */
export const deployCommand = command({
  usage: 'deploy',
  about:
    'Puts the contracts and a tariff on a chain, at addresses that follow from their code alone (CREATE2).\n' +
    'What stands there already stays. HEXHAIL_RPC_URL names the chain, HEXHAIL_KEY is the key (32 bytes, hex)\n' +
    'of the account that pays, publishes the tariff and takes its levy.',
  options: {
    token: { kind: 'text', value: null, shown: 'ADDRESS', help: 'the stablecoin (6 decimals)' },
    tariff: {
      kind: 'text',
      value: null,
      shown: 'FILE',
      help: "JSON of a tariff; on a local chain else the demo's",
    },
    out: { kind: 'text', value: 'addresses.json', shown: 'FILE', help: 'where the addresses go' },
    'dry-run': { kind: 'flag', help: 'says what would be sent and what it costs; needs no key' },
  },
  async run({ token: tokenText, tariff, out, 'dry-run': isDry }) {
    const rpcUrl = process.env.HEXHAIL_RPC_URL ?? ''
    if (!rpcUrl) throw new HexhailError('no-rpc', 'Set HEXHAIL_RPC_URL to the JSON-RPC of the chain.')
    const rpc = createRpc(rpcUrl)
    const chainId = Number(await rpc('eth_chainId', []))
    const token = tokenText === null ? null : addressFrom('--token', tokenText)
    if (token === null && chainId !== LOCAL_CHAIN)
      throw new HexhailError('no-token', `Name the stablecoin of chain ${chainId} with --token.`)
    if (tariff === null && chainId !== LOCAL_CHAIN && !isDry)
      throw new HexhailError('no-tariff', `Name the prices of chain ${chainId} with --tariff: a JSON file.`)
    if (token !== null) {
      const fault = await tokenFault(rpc, token)
      if (fault) throw new HexhailError('wrong-token', fault, { token })
    }
    const target = { chainId, rpcUrl, ...(token && { token }) }
    if (isDry) {
      const { rows, total } = await deployCost(rpc, partsOf(token ?? undefined))
      for (const row of rows) print(row)
      return print(total)
    }
    const wallet = walletFromKey(keyFromEnvironment())
    const list = tariff === null ? montevideoTariff(wallet.address) : tariffFrom(tariff, wallet.address)
    const { contracts, tariffId, sent } = await deploy(target, wallet, list)
    const addresses = { chainId, rpcUrl, contracts, tariffId, authority: wallet.address }
    const others = otherContracts(token ?? undefined)
    writeAddresses(out, { ...addresses, others })
    if (hasParent) report({ type: 'ready', data: addresses })
    for (const [name, at] of Object.entries({ ...contracts, ...others })) print(`${name.padEnd(13)} ${at}`)
    print(`tariff        ${tariffId}`)
    print(`${sent} transactions on chain ${chainId}; addresses in ${out}`)
  },
})

const print = (line: string): void => void process.stdout.write(`${line}\n`)

/** A tariff out of a file: the fields of `Tariff`, the authority being who pays. */
function tariffFrom(path: string, authority: Hex): Tariff {
  const preset = montevideoTariff(authority)
  let given: Record<string, unknown>
  try {
    given = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
  } catch (cause) {
    throw new HexhailError('bad-tariff', `${path} cannot be read as JSON: correct it.`, { path }, cause)
  }
  for (const [field, value] of Object.entries(preset)) {
    if (field !== 'authority' && typeof given?.[field] !== typeof value)
      throw new HexhailError('bad-tariff', `${path}: «${field}» must be a ${typeof value}.`, { path, field })
  }
  const stranger = Object.keys(given).find(field => !(field in preset))
  if (stranger !== undefined)
    throw new HexhailError('bad-tariff', `${path}: a tariff has no «${stranger}».`, { path, stranger })
  return { ...(given as unknown as Tariff), authority }
}

import { startAnvil } from '@hexhail/chain/anvil.ts'
import { deploy } from '@hexhail/chain/deploy.ts'
import { otherContracts } from '@hexhail/chain/deployment.ts'
import { montevideoTariff } from '@hexhail/chain/montevideo-tariff.ts'
import { localChainKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { type Addresses, writeAddresses } from '../addresses.ts'
import { command } from '../command.ts'
import { report, untilStopped } from '../parent.ts'

const CHAIN_ID = 31_337
/** Which of the test accounts every local chain is born with is the authority. */
const AUTHORITY = 0

/** `hexhail chain`: anvil with the contracts and the demo tariff on it; what stands there already stays. */
export const chainCommand = command({
  usage: 'chain',
  about: 'Runs a local test chain (anvil, osaka rules) and puts the contracts on it.',
  options: {
    port: {
      kind: 'integer',
      value: 7545,
      min: 0,
      max: 65_535,
      help: 'port of the JSON-RPC; 0 takes a free one',
    },
    state: { kind: 'text', value: null, shown: 'FILE', help: 'keeps the chain between starts' },
    'block-time': { kind: 'integer', value: 2, min: 1, max: 60, help: 'seconds between empty blocks' },
    addresses: { kind: 'text', value: null, shown: 'FILE', help: 'writes the addresses there' },
  },
  async run(options) {
    await using anvil = await startAnvil({
      port: options.port,
      chainId: CHAIN_ID,
      blockTimeS: options['block-time'],
      mixed: true,
      ...(options.state !== null && { statePath: options.state }),
    })
    const chain = { chainId: CHAIN_ID, rpcUrl: anvil.rpcUrl }
    const authority = walletFromKey(localChainKey(AUTHORITY))
    const { contracts, tariffId } = await deploy(chain, authority, montevideoTariff(authority.address))
    const others = otherContracts()
    const addresses: Addresses = { ...chain, contracts, tariffId, authority: authority.address, others }
    if (options.addresses !== null) writeAddresses(options.addresses, addresses)
    report({ type: 'ready', data: addresses })
    const fault = await Promise.race([untilStopped(), anvil.exited])
    if (fault) throw fault
  },
})

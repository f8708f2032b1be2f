import { grantPermit, revokePermit } from '@hexhail/chain/grant-permit.ts'
import { createReader } from '@hexhail/chain/reader.ts'
import { walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { agencyTag } from '@hexhail/protocol/cells.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { transitCredential } from '@hexhail/protocol/operator.ts'
import { command } from '../command.ts'
import { addressFrom, keyFromEnvironment } from '../environment.ts'
import { readConfigAt } from '../transit-net.ts'

/** `hexhail transit permit`: an authority lists an operator of its public transit. */
export const transitPermitCommand = command({
  usage: 'transit permit ACCOUNT',
  about:
    'Lists an account as an agency’s operator in the register of permits, or renews it; relays and pages then take its\n' +
    'word for the agency’s vehicles. With --revoke it ends that now. HEXHAIL_KEY is the authority’s.',
  words: 1,
  options: {
    config: { kind: 'text', value: '', shown: 'URL', help: 'the /config.json of a page of the deployment' },
    agency: { kind: 'text', value: '', shown: 'TAG', help: 'agency that it may speak for' },
    days: { kind: 'integer', value: 365, min: 1, max: 3_650, help: 'how long' },
    revoke: { kind: 'flag', help: 'ends the permit' },
  },
  async run({ config: url, agency, days, revoke }, [account = '']) {
    const operator = addressFrom('ACCOUNT', account)
    if (!revoke && agencyTag(agency) !== agency)
      throw new HexhailError(
        'bad-value',
        `--agency takes a tag like «${agencyTag(agency)}», not «${agency}».`,
      )
    const { chainId, rpcUrl, contracts, tariffId } = await readConfigAt(url)
    const chain = { chainId, rpcUrl, contracts }
    const reader = createReader(chain)
    const wallet = walletFromKey(keyFromEnvironment())
    const { authority } = await reader.tariff(tariffId)
    if (wallet.address !== authority)
      throw new HexhailError(
        'not-authority',
        `Pages believe ${authority}: HEXHAIL_KEY is that of ${wallet.address}.`,
      )
    if (revoke) {
      console.log(`${operator} speaks for no agency any more: ${await revokePermit(chain, wallet, operator)}`)
      return
    }
    const untilS = (await reader.head()).timestampS + days * 86_400
    const hash = await grantPermit(chain, wallet, {
      ...{ driver: operator, untilS, credential: transitCredential(agency) },
    })
    const until = new Date(untilS * 1000).toISOString().slice(0, 10)
    console.log(`${operator} speaks for «${agency}» until ${until}: ${hash}`)
  },
})

import { localChainKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { checkOffice, OFFICE_TYPES, officeWord } from '@hexhail/permits/office.ts'
import { delegationDomain } from '@hexhail/protocol/delegation.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { describe, expect, test } from 'vitest'
import { enrolled, NOW_S, OFFICE_URL } from './sample.ts'

const PERMITS: Hex = `0x${'77'.repeat(20)}`

describe('an office', async () => {
  const authority = walletFromKey(localChainKey(0))
  const stranger = walletFromKey(localChainKey(3))
  const { issuer } = await enrolled()
  const word = officeWord(issuer.jwk, {
    permits: PERMITS,
    sealKey: `0x${'11'.repeat(32)}`,
    url: OFFICE_URL,
    from: NOW_S - 10,
    until: NOW_S + 10,
  })
  const signed = async (wallet: typeof authority) => ({
    ...word,
    signature: await wallet.signTypedData(delegationDomain(31_337), OFFICE_TYPES, word),
  })
  const wanted = { chainId: 31_337, permits: PERMITS, authority: authority.address, nowS: NOW_S }

  test('is believed by the signature of the tariff’s authority, and gives its key', async () => {
    expect(checkOffice(await signed(authority), wanted)).toMatchObject({
      verdict: 'accept',
      value: { issuer: issuer.jwk, url: OFFICE_URL },
    })
  })

  test.each([
    ['of another account', stranger, {}, {}, 'office-signature'],
    ['for another chain', authority, {}, { chainId: 1 }, 'office-signature'],
    ['whose key was exchanged', authority, { issuerX: `0x${'22'.repeat(32)}` }, {}, 'office-signature'],
    ['of another contract', authority, { permits: `0x${'88'.repeat(20)}` }, {}, 'office-form'],
    ['that is over', authority, {}, { nowS: NOW_S + 10 }, 'office-over'],
    ['that is no address', authority, { url: 'office' }, {}, 'office-form'],
  ])('%s is not', async (_, wallet, bent, other, code) => {
    expect(checkOffice({ ...(await signed(wallet)), ...bent }, { ...wanted, ...other })).toMatchObject({
      code,
    })
  })
})

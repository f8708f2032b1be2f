import { localChainKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import {
  APPLICATION_TYPES,
  type Application,
  applicationWord,
  checkApplication,
  isFromAccount,
  openApplication,
  packSealed,
  sealApplication,
} from '@hexhail/permits/application.ts'
import { toBase64url } from '@hexhail/permits/base64url.ts'
import { SEALED_FORM_MAX } from '@hexhail/permits/sealed-form.ts'
import { PHOTO_MAX } from '@hexhail/permits/trip-card.ts'
import { delegationDomain } from '@hexhail/protocol/delegation.ts'
import { createSealKey } from '@hexhail/protocol/seal.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { describe, expect, test } from 'vitest'
import { CAR, PHOTO, seededBytes } from './sample.ts'

const FORM: Application = { name: 'Elena', licence: 'UY-99', photo: toBase64url(PHOTO), car: CAR }
const PERMITS: Hex = `0x${'77'.repeat(20)}`

describe('an application', async () => {
  const driver = walletFromKey(localChainKey(4))
  const office = await createSealKey()
  const random = seededBytes(4)
  const sealed = await sealApplication(office.publicKey, driver.address, FORM, random)

  test('is read by the office alone, and for the account that it is of', async () => {
    expect(await openApplication(office.keyPair, driver.address, sealed)).toEqual({
      verdict: 'accept',
      value: FORM,
    })
    const other = await createSealKey()
    expect(await openApplication(other.keyPair, driver.address, sealed)).toMatchObject({ code: 'sealed' })
    expect(await openApplication(office.keyPair, PERMITS, sealed)).toMatchObject({ code: 'sealed' })
    for (const at of [3, 200, 300, sealed.length - 1]) {
      const bent = sealed.slice()
      bent[at]! ^= 1
      expect((await openApplication(office.keyPair, driver.address, bent)).verdict).toBe('reject')
    }
  })

  test('tells little by its size, and the largest fits', async () => {
    const short = await sealApplication(office.publicKey, driver.address, { ...FORM, name: 'Al' }, random)
    expect(short.length).toBe(sealed.length)
    const photo = toBase64url(new Uint8Array(PHOTO_MAX))
    const most = await sealApplication(office.publicKey, driver.address, { ...FORM, photo }, random)
    expect(most.length).toBeLessThanOrEqual(SEALED_FORM_MAX)
  })

  test('is of the account that signed it', async () => {
    const ticket: Hex = `0x${'12'.repeat(32)}`
    const word = applicationWord(PERMITS, ticket, sealed)
    const signature = await driver.signTypedData(delegationDomain(31_337), APPLICATION_TYPES, word)
    const filed = { account: driver.address, ticket, sealed: packSealed(sealed), signature }
    expect(isFromAccount(31_337, PERMITS, filed)).toBe(true)
    expect(isFromAccount(31_337, PERMITS, { ...filed, account: PERMITS })).toBe(false)
    expect(isFromAccount(1, PERMITS, filed)).toBe(false)
    expect(isFromAccount(31_337, PERMITS, { ...filed, ticket: `0x${'13'.repeat(32)}` })).toBe(false)
  })

  test.each([
    ['no name', { name: ' ' }, 'form'],
    ['a name of a page', { name: 'é'.repeat(17) }, 'form'],
    ['nine seats', { car: { ...CAR, seats: 9 } }, 'form'],
    ['no such fuel', { car: { ...CAR, propulsion: 'steam' } }, 'form'],
    ['no such day', { car: { ...CAR, insurance: '2030-13-01' } }, 'form'],
    ['a poster for a portrait', { photo: toBase64url(new Uint8Array(PHOTO_MAX + 1)) }, 'photo'],
  ])('with %s is refused', (_, bent, code) => {
    expect(checkApplication({ ...FORM, ...bent })).toMatchObject({ code })
  })
})

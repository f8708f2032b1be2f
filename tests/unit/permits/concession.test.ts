import { toBase64url } from '@hexhail/permits/base64url.ts'
import { checkConcession, nullifierOf, presentConcession } from '@hexhail/permits/concession.ts'
import { makeSigningKey, signingOf } from '@hexhail/permits/es256.ts'
import { issueCredential } from '@hexhail/permits/issue.ts'
import { openStatusList, signStatusList } from '@hexhail/permits/status-list.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { describe, expect, test } from 'vitest'
import { enrolled, LIST_URI, NOW_S, OFFICE_URL, seededBytes } from './sample.ts'

const TRIP: Hex = `0x${'ab'.repeat(32)}`

describe('a concession', async () => {
  const { issuer } = await enrolled()
  const rider = await signingOf(await makeSigningKey())
  const seed = toBase64url(seededBytes(5)(32))
  const credential = await issueCredential(
    issuer,
    {
      kind: 'concession',
      claims: { category: 'student', seed },
      issuer: OFFICE_URL,
      holder: rider.jwk,
      issuedAtS: NOW_S - 10,
      untilS: NOW_S + 86_400,
      status: { index: 3, uri: LIST_URI },
    },
    seededBytes(6),
  )
  const shown = await presentConcession(credential, rider, { trip: TRIP, nonce: 'n', nowS: NOW_S })
  const wanted = {
    issuer: issuer.jwk,
    trip: TRIP,
    nonce: 'n',
    period: '2030-03',
    statuses: null,
    nowS: NOW_S,
  }

  test('gives a category and a number that repeats within a period only', async () => {
    const found = await checkConcession(shown, wanted)
    const nullifier = nullifierOf({ category: 'student', seed }, '2030-03')
    expect(found).toEqual({ verdict: 'accept', value: { category: 'student', nullifier } })
    expect(nullifierOf({ category: 'student', seed }, '2030-04')).not.toBe(nullifier)
    expect(nullifierOf({ category: 'senior', seed }, '2030-03')).not.toBe(nullifier)
    expect(nullifierOf({ category: 'student', seed: 'AA' }, '2030-03')).toBeNull()
  })

  test('is good for one trip, and until it is taken away', async () => {
    expect(await checkConcession(shown, { ...wanted, trip: `0x${'00'.repeat(32)}` })).toMatchObject({
      code: 'concession-trip',
    })
    expect(await checkConcession(shown, { ...wanted, nonce: 'm' })).toMatchObject({ code: 'concession-trip' })
    const token = await signStatusList(issuer, [[3, 'revoked']], {
      uri: LIST_URI,
      issuedAtS: NOW_S,
      untilS: NOW_S + 60,
    })
    const list = await openStatusList(token, { uri: LIST_URI, issuer: issuer.jwk, nowS: NOW_S })
    const statuses = list.verdict === 'accept' ? list.value : null
    expect(await checkConcession(shown, { ...wanted, statuses })).toMatchObject({ code: 'concession-ended' })
  })
})

import { fromBase64url, toBase64url } from '@hexhail/permits/base64url.ts'
import { credentialHash } from '@hexhail/permits/credential-hash.ts'
import { signJwt } from '@hexhail/permits/jwt.ts'
import { discloseClaims, presentCredential } from '@hexhail/permits/present.ts'
import { CREDENTIAL_TYP } from '@hexhail/permits/vct.ts'
import { verifyCredential } from '@hexhail/permits/verify.ts'
import { describe, expect, test } from 'vitest'
import { ELENA, enrolled, NOW_S } from './sample.ts'

const WANTED = { audience: 'office', nonce: 'n-1', mostAgeS: 60 }
const BINDING = { audience: 'office', nonce: 'n-1', issuedAtS: NOW_S }

describe('a credential', async () => {
  const { issuer, holder, permit } = await enrolled()
  const shown = await presentCredential(permit.driver, ['name'], holder, BINDING)

  test('tells what was disclosed and nothing else, not even in its bytes', async () => {
    const found = await verifyCredential(shown, 'driver', issuer.jwk, NOW_S, WANTED)
    expect(found).toMatchObject({
      verdict: 'accept',
      value: { claims: { name: 'Elena' }, holder: holder.jwk },
    })
    if (found.verdict === 'accept') expect(Object.keys(found.value.claims)).toEqual(['name'])
    const readable = shown
      .split(/[~.]/)
      .map(part => new TextDecoder().decode(fromBase64url(part) ?? new Uint8Array()))
      .join('\n')
    expect(readable).toContain('Elena')
    for (const hidden of [ELENA.licence, ELENA.photo, ELENA.account]) expect(readable).not.toContain(hidden)
  })

  test('has one hash, whatever is disclosed', async () => {
    const whole = credentialHash(permit.driver)
    expect(credentialHash(shown)).toBe(whole)
    expect(credentialHash(await discloseClaims(permit.driver, []))).toBe(whole)
    expect(credentialHash(permit.vehicle)).not.toBe(whole)
  })

  test.each<[string, Parameters<typeof verifyCredential>[4], number, string]>([
    ['another listener', { ...WANTED, audience: 'elsewhere' }, NOW_S, 'binding'],
    ['an old nonce', { ...WANTED, nonce: 'n-0' }, NOW_S, 'binding'],
    ['a binding of an hour ago', WANTED, NOW_S + 3_600, 'binding'],
    ['a listener who wants no binding', null, NOW_S, 'binding'],
    ['its last day', WANTED, NOW_S + 86_400, 'over'],
    ['a clock before it was issued', WANTED, NOW_S - 2_000, 'early'],
  ])('is not believed with %s', async (_, wanted, nowS, code) => {
    expect(await verifyCredential(shown, 'driver', issuer.jwk, nowS, wanted)).toMatchObject({ code })
  })

  test('is not believed under another key, as another kind, without its binding, or bent anywhere', async () => {
    const check = (text: string, key = issuer.jwk, kind: 'driver' | 'vehicle' = 'driver') =>
      verifyCredential(text, kind, key, NOW_S, WANTED)
    expect(await check(shown, holder.jwk)).toMatchObject({ code: 'signature' })
    expect(await check(shown, issuer.jwk, 'vehicle')).toMatchObject({ code: 'kind' })
    expect(await check(shown.slice(0, shown.lastIndexOf('~') + 1))).toMatchObject({ code: 'binding' })
    for (let at = 3; at < shown.length; at += 97) {
      const bent = `${shown.slice(0, at)}${shown[at] === 'A' ? 'B' : 'A'}${shown.slice(at + 1)}`
      expect((await check(bent)).verdict, `character ${at}`).not.toBe('accept')
    }
  })

  test('signed by someone who merely holds it is not the office’s word', async () => {
    const payload = JSON.parse(
      new TextDecoder().decode(fromBase64url(permit.driver.split('.')[1]!)!),
    ) as Record<string, unknown>
    const forged = await signJwt(holder, { typ: CREDENTIAL_TYP }, payload)
    expect(await verifyCredential(`${forged}~`, 'driver', issuer.jwk, NOW_S, null)).toMatchObject({
      code: 'signature',
    })
  })

  test('junk is a verdict, not an exception', async () => {
    for (const junk of ['', '~', '..~', 'a.b.c~', `${'~'.repeat(20_000)}`, shown.replaceAll('~', '')])
      expect((await verifyCredential(junk, 'driver', issuer.jwk, NOW_S, WANTED)).verdict).not.toBe('accept')
  })
})

test('base64url has one spelling a value', () => {
  expect(fromBase64url('AA')).toEqual(Uint8Array.of(0))
  for (const other of ['AB', 'A', 'AA==', 'A+', 'A A']) expect(fromBase64url(other)).toBeNull()
  const all = Uint8Array.from({ length: 256 }, (_, i) => i)
  expect(fromBase64url(toBase64url(all))).toEqual(all)
})

/** OpenID4VCI 1.0 by pre-authorised code, as wallets of any maker ask for it. */

import { makeSigningKey, signingOf } from '@hexhail/permits/es256.ts'
import { PRE_AUTHORIZED, PROOF_TYP } from '@hexhail/permits/issuer-door.ts'
import { signJwt } from '@hexhail/permits/jwt.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { officeWorld } from './office-world.ts'

let world: Awaited<ReturnType<typeof officeWorld>>
beforeAll(async () => {
  world = await officeWorld(22)
})
afterAll(() => world.stop())

describe('issuing by pre-authorised code', () => {
  const tokenFor = async (code: string, more: Record<string, string> = {}) =>
    world.post(
      '/permits/token',
      new URLSearchParams({ grant_type: PRE_AUTHORIZED, 'pre-authorized_code': code, ...more }),
    )
  const codeOf = (offer: unknown) =>
    (offer as { grants: Record<string, Record<string, string>> }).grants[PRE_AUTHORIZED]![
      'pre-authorized_code'
    ]!

  it('describes itself as OpenID4VCI 1.0 and RFC 8414 ask', async () => {
    const get = async (path: string) => (await fetch(`${world.url}/.well-known/${path}`)).json()
    const issuer = (await get('openid-credential-issuer')) as Record<string, Record<string, object>>
    expect(issuer.credential_issuer).toBe(world.url)
    expect(issuer.credential_configurations_supported!.driver).toMatchObject({
      format: 'dc+sd-jwt',
      vct: 'urn:hexhail:permit:driver:1',
      proof_types_supported: { jwt: { proof_signing_alg_values_supported: ['ES256'] } },
    })
    expect(issuer.batch_credential_issuance).toEqual({ batch_size: 20 })
    expect(issuer.credential_configurations_supported!.concession).toMatchObject({
      vct: 'urn:hexhail:concession:1',
      credential_metadata: { claims: [{ path: ['category'] }] },
    })
    expect(await get('oauth-authorization-server')).toMatchObject({
      issuer: world.url,
      token_endpoint: `${world.url}/permits/token`,
    })
    expect(await get('jwt-vc-issuer')).toMatchObject({
      issuer: world.url,
      jwks: { keys: [{ kty: 'EC', crv: 'P-256' }] },
    })
  })

  it('is strict about codes, tokens, nonces and proofs', async () => {
    const { client, filed } = await world.granted(await world.chain.party())
    const code = codeOf((await client.ask(filed)).offer)
    expect((await tokenFor('guess'))[1]).toMatchObject({ error: 'invalid_grant' })
    expect((await tokenFor(code, { grant_type: 'password' }))[1]).toMatchObject({
      error: 'unsupported_grant_type',
    })
    expect((await tokenFor(code, { tx_code: '1' }))[1]).toMatchObject({ error: 'invalid_request' })
    const [status, token] = await tokenFor(code)
    expect([status, token.token_type]).toEqual([200, 'Bearer'])
    expect((await tokenFor(code))[1]).toMatchObject({ error: 'invalid_grant' })

    const holder = await signingOf(await makeSigningKey())
    const nonce = async () => (await world.post('/permits/nonce', {}))[1].c_nonce as string
    const proofOf = async (bent: object = {}, typ = PROOF_TYP) =>
      signJwt(
        holder,
        { typ, jwk: holder.jwk },
        { aud: world.url, iat: world.nowMs / 1_000, nonce: await nonce(), ...bent },
      )
    const ask = async (jwt: string[], bearer = token.access_token, kind = 'vehicle') => {
      const body = { credential_configuration_id: kind, proofs: { jwt } }
      const [status, answer] = await world.post('/permits/credential', body, {
        authorization: `Bearer ${bearer}`,
      })
      return answer.error ?? status
    }
    expect(await ask([await proofOf()], 'guess')).toBe('invalid_token')
    expect(await ask([await proofOf()], token.access_token, 'concession')).toBe(
      'unknown_credential_configuration',
    )
    expect(await ask([])).toBe('invalid_proof')
    expect(await ask([await proofOf(), await proofOf()])).toBe('invalid_proof') // a permit has one holder
    expect(await ask([await proofOf({ aud: 'https://elsewhere.example' })])).toBe('invalid_proof')
    expect(await ask([await proofOf({ iat: world.nowMs / 1_000 - 3_600 })])).toBe('invalid_proof')
    expect(await ask([await proofOf({}, 'jwt')])).toBe('invalid_proof')
    expect(await ask([await proofOf({ nonce: 'mine' })])).toBe('invalid_nonce')
    const good = await proofOf()
    expect(await ask([good])).toBe(200)
    expect(await ask([good])).toBe('invalid_nonce')
    expect(await ask([`${(await proofOf()).slice(0, -8)}AAAAAAAA`])).toBe('invalid_proof')
  })

  it('gives no more credentials than a token is good for, and none once the permit is stopped', async () => {
    const { client, filed } = await world.granted(await world.chain.party())
    const offer = (await client.ask(filed)).offer
    await world.deed({ op: 'revoke', id: filed.id, reason: 'asked' })
    const holder = await signingOf(await makeSigningKey())
    await expect(client.collect(offer, holder)).rejects.toMatchObject({
      data: { code: 'credential_request_denied' },
    })
    expect(world.faults).toEqual([])
  })
})

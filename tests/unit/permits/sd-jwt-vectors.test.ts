/** The vectors of RFC 9901 as the Open Wallet Foundation gives them; read where ../shared/data has them, else skipped. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { makeSigningKey, signingOf } from '@hexhail/permits/es256.ts'
import { issuing, presenting, verifying } from '@hexhail/permits/sd-jwt.ts'
import { describe, expect, test } from 'vitest'
import { seededBytes } from './sample.ts'

const FOLDER = new URL('../../../../shared/data/vectors/sd-jwt/', import.meta.url)
const isHere = existsSync(FOLDER)
const NAMES = isHere ? readdirSync(FOLDER).filter(name => name.endsWith('.json')) : []

interface Vector {
  readonly claims: Record<string, unknown>
  readonly disclosureFrame: object
  readonly presentationFrames: object
  readonly presentedClaims: object
  readonly requiredClaimKeys: string[]
}

describe.skipIf(!isHere)(
  `RFC 9901 vectors${isHere ? '' : ' (skipped: ../shared/data/vectors/sd-jwt is not there)'}`,
  () => {
    test('there are seventeen', () => expect(NAMES.length).toBe(17))

    test.each(NAMES)('%s', async name => {
      const vector = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Vector
      const [issuer, holder] = await Promise.all([1, 2].map(async () => signingOf(await makeSigningKey())))
      const issued = await issuing(issuer!, seededBytes(9)).issue(
        { ...vector.claims, cnf: { jwk: holder!.jwk } },
        vector.disclosureFrame,
      )
      const shown = await presenting(holder!).present(issued, vector.presentationFrames as never, {
        kb: { payload: { aud: 'office', nonce: 'n-1', iat: 1 } },
      })
      const verify = (text: string, requiredClaimKeys: string[] = []) =>
        verifying(issuer!.jwk).verify(text, { requiredClaimKeys, keyBindingNonce: 'n-1' })
      // The vectors ask for their claims of the whole credential.
      const all = { kb: { payload: { aud: 'office', nonce: 'n-1', iat: 1 } } }
      await verify(await presenting(holder!).present(issued, undefined, all), vector.requiredClaimKeys)
      const { payload } = await verify(shown)
      const { cnf: _, ...claims } = payload as Record<string, unknown>
      // An object all of whose members are withheld stays as {} (RFC 9901, section 7.1); one vector leaves it out.
      if (name === 'array_none_disclosed.json') expect(claims).toEqual({ is_over: {} })
      else expect(claims).toEqual(vector.presentedClaims)
      const [token, ...rest] = shown.split('~')
      const [head, body, signature] = token!.split('.')
      const bent = [head, body, `${signature!.startsWith('A') ? 'B' : 'A'}${signature!.slice(1)}`].join('.')
      await expect(verify([bent, ...rest].join('~'))).rejects.toThrow()
    })
  },
)

import { toBase64url } from '@hexhail/permits/base64url.ts'
import { signJwt } from '@hexhail/permits/jwt.ts'
import { LIST_SIZE, openStatusList, STATUS_LIST_TYP, signStatusList } from '@hexhail/permits/status-list.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { describe, expect, test } from 'vitest'
import { enrolled, LIST_URI, NOW_S } from './sample.ts'

const TIMES = { uri: LIST_URI, issuedAtS: NOW_S, untilS: NOW_S + 3_600 }

/** A list whose bytes are packed by hand. */
async function packed(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'))
  return toBase64url(new Uint8Array(await new Response(stream).arrayBuffer()))
}

describe('a status list', async () => {
  const { issuer, holder } = await enrolled()
  const open = (token: string, more: { nowS?: number; newestS?: number; uri?: string } = {}) =>
    openStatusList(token, { uri: LIST_URI, issuer: issuer.jwk, nowS: NOW_S, ...more })

  test('gives every entry back, of 131,072', async () => {
    const seeded = createSeeded(3)
    const wanted = new Map<number, 'revoked' | 'suspended'>()
    for (let i = 0; i < 1_300; i++) wanted.set(seeded.below(LIST_SIZE), i % 3 ? 'revoked' : 'suspended')
    const token = await signStatusList(issuer, wanted, TIMES)
    expect(token.length).toBeLessThan(5_000)
    const list = await open(token)
    if (list.verdict !== 'accept') throw new Error(list.code)
    for (let i = 0; i < LIST_SIZE; i++)
      if (list.value.statusOf(i) !== (wanted.get(i) ?? 'valid')) expect.fail(`entry ${i}`)
    expect(list.value.statusOf(LIST_SIZE)).toBe('revoked')
    expect(list.value.statusOf(-1)).toBe('revoked')
  })

  test('of the draft’s own example reads the same: one bit an entry', async () => {
    // draft-ietf-oauth-status-list, section 4.1: statuses 1,0,0,1,1,1,0,1 and 1,1,0,0,0,1,0,1 are bytes b9 a3.
    const lst = await packed(Uint8Array.of(0xb9, 0xa3))
    const payload = { sub: LIST_URI, iat: NOW_S, exp: NOW_S + 60, status_list: { bits: 1, lst } }
    const list = await open(await signJwt(issuer, { typ: STATUS_LIST_TYP }, payload))
    if (list.verdict !== 'accept') throw new Error(list.code)
    const { statusOf } = list.value
    const bits = Array.from({ length: 16 }, (_, i) => (statusOf(i) === 'revoked' ? 1 : 0))
    expect(bits).toEqual([1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1])
  })

  test('does not go back, does not outlive its time, and is nobody else’s', async () => {
    const token = await signStatusList(issuer, [], TIMES)
    expect(await open(token, { newestS: NOW_S + 1 })).toMatchObject({ code: 'list-older' })
    expect(await open(token, { nowS: NOW_S + 3_600 })).toMatchObject({ code: 'list-over' })
    expect(await open(token, { uri: 'https://other.example/status' })).toMatchObject({ code: 'list-form' })
    expect(await open(await signStatusList(holder, [], TIMES))).toMatchObject({ code: 'list-signature' })
  })

  test('that would fill the memory is refused', async () => {
    const lst = await packed(new Uint8Array(2_000_000))
    const payload = { sub: LIST_URI, iat: NOW_S, exp: NOW_S + 60, status_list: { bits: 2, lst } }
    const bomb = await signJwt(issuer, { typ: STATUS_LIST_TYP }, payload)
    expect(await open(bomb)).toMatchObject({ code: 'list-form' })
  })
})

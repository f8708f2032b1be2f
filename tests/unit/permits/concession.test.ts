import { toBase64url } from '@hexhail/permits/base64url.ts'
import { checkConcession, presentConcession } from '@hexhail/permits/concession.ts'
import { openClaim, PICTURE_MAX, sealClaim } from '@hexhail/permits/concession-claim.ts'
import { BATCH_MOST, concessionListUri, openConcessionDesk } from '@hexhail/permits/concession-desk.ts'
import { concessionMonth } from '@hexhail/permits/concession-month.ts'
import { makeSigningKey, type Signing, signingOf } from '@hexhail/permits/es256.ts'
import { decodeJwt } from '@hexhail/permits/jwt.ts'
import { SEALED_FORM_MAX } from '@hexhail/permits/sealed-form.ts'
import { openStatusList } from '@hexhail/permits/status-list.ts'
import { fromHex, toHex } from '@hexhail/protocol/hex.ts'
import { createSealKey } from '@hexhail/protocol/seal.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import { beforeAll, describe, expect, test } from 'vitest'
import { NOW_S, OFFICE_URL, seededBytes } from './sample.ts'

const TRIP: Hex = `0x${'ab'.repeat(32)}`
const OTHER: Hex = `0x${'cd'.repeat(32)}`
const WORD: Hex = `0x${'17'.repeat(32)}`
const CLAIM = {
  category: 'student',
  name: 'Ana',
  evidence: 'Card 4711 of the university',
  picture: '',
} as const
const DAY_S = 86_400

const keys = (count: number): Promise<Signing[]> =>
  Promise.all(Array.from({ length: count }, async () => signingOf(await makeSigningKey())))

async function someDesk(automatic = true) {
  const lines: string[] = []
  let nowS = NOW_S
  const seal = await createSealKey()
  const [signing] = await keys(1)
  const open = () =>
    openConcessionDesk({
      log: { read: async () => lines, append: async line => void lines.push(line) },
      signing: signing!,
      url: OFFICE_URL,
      now: () => nowS * 1_000,
      random: seededBytes(9 + lines.length),
      automatic: automatic ? seal.keyPair : null,
    })
  const desk = await open()
  const apply = async (claim: object = CLAIM, word = WORD) => {
    const ticket = toHex(sha256(fromHex(word)))
    const sealed = toBase64url(await sealClaim(seal.publicKey, ticket, claim as never, seededBytes(3)))
    const filed = await desk.file({ ticket, sealed })
    if (filed.verdict !== 'accept') throw new Error(filed.code)
    return { id: filed.value.id, ticket, sealed }
  }
  const list = async () => {
    const token = await desk.statusList()
    const read = await openStatusList(token, {
      uri: concessionListUri(OFFICE_URL),
      issuer: signing!.jwk,
      nowS,
    })
    if (read.verdict !== 'accept') throw new Error(read.code)
    return read.value
  }
  return {
    ...{ desk, open, apply, list, lines, seal },
    issuer: signing!.jwk,
    nowS: () => nowS,
    pass: (s: number) => {
      nowS += s
    },
  }
}

describe('a concession', async () => {
  let office: Awaited<ReturnType<typeof someDesk>>
  let holders: Signing[]
  let batch: readonly string[]
  let id = ''
  beforeAll(async () => {
    office = await someDesk()
    id = (await office.apply()).id
    holders = await keys(BATCH_MOST)
    const issued = await office.desk.issue(
      id,
      holders.map(each => each.jwk),
    )
    batch = issued.verdict === 'accept' ? issued.value : []
  })
  const shown = (i: number, trip = TRIP) => presentConcession(batch[i]!, holders[i]!, trip, office.nowS())
  const judge = async (presentation: string, trip = TRIP) =>
    checkConcession(presentation, {
      issuer: office.issuer,
      trip,
      statuses: await office.list(),
      nowS: office.nowS(),
    })

  test('gives the class and the hash of one showing, for one trip', async () => {
    expect(batch).toHaveLength(BATCH_MOST)
    const first = await judge(await shown(0))
    const second = await judge(await shown(1, OTHER), OTHER)
    expect([first, second]).toMatchObject([
      { value: { category: 'student' } },
      { value: { category: 'student' } },
    ])
    expect(first).not.toEqual(second)
    expect(await judge(await shown(0), OTHER)).toMatchObject({ code: 'concession-trip' })
    const stolen = await presentConcession(batch[0]!, holders[1]!, TRIP, office.nowS())
    expect(await judge(stolen)).toMatchObject({ code: 'concession-signature' })
    const stranger = (await keys(1))[0]!.jwk
    const wanted = { issuer: stranger, trip: TRIP, statuses: await office.list(), nowS: office.nowS() }
    expect(await checkConcession(await shown(0), wanted)).toMatchObject({ code: 'concession-signature' })
    expect(
      await checkConcession(await shown(0), { ...wanted, issuer: office.issuer, statuses: null }),
    ).toMatchObject({ code: 'concession-unread' })
  })

  test('shown twice has nothing in common but what all holders of the class have in common', async () => {
    const parts = async (i: number, trip: Hex) => {
      const [token = '', disclosure = '', binding = ''] = (await shown(i, trip)).split('~')
      const [credential, kb] = [decodeJwt(token), decodeJwt(binding)]
      if (credential.verdict !== 'accept' || kb.verdict !== 'accept') throw new Error('form')
      const { cnf, status, _sd, ...common } = credential.value.payload as Record<string, unknown>
      const { sd_hash, nonce, aud, ...clock } = kb.value.payload
      const own = [token, token.split('.')[2], disclosure, binding.split('.')[2], JSON.stringify(cnf)]
      const index = JSON.stringify((status as { status_list: { idx: number } }).status_list.idx)
      return {
        own: [...own, JSON.stringify(_sd), index, sd_hash, nonce, aud],
        shared: { header: credential.value.header, common, clock, kb: kb.value.header },
      }
    }
    const [a, b] = await Promise.all([parts(0, TRIP), parts(1, OTHER)])
    for (const [i, value] of a.own.entries()) expect(value).not.toBe(b.own[i])
    expect(a.shared).toEqual(b.shared)
    const month = concessionMonth(NOW_S)
    expect(a.shared.common).toMatchObject({ iat: month.fromS, exp: month.untilS })
    expect(Object.keys(a.shared.common).sort()).toEqual(['_sd_alg', 'exp', 'iat', 'iss', 'vct'])
    expect(a.shared.clock).toEqual({ iat: NOW_S }) // the moment of the ride, not of the person
    // Another person of the class shares just the same.
    const other = await office.apply(CLAIM, `0x${'18'.repeat(32)}`)
    const [key] = await keys(1)
    const issued = await office.desk.issue(other.id, [key!.jwk])
    if (issued.verdict !== 'accept') throw new Error(issued.code)
    const theirs = decodeJwt(issued.value[0]!.split('~', 1)[0]!)
    if (theirs.verdict !== 'accept') throw new Error(theirs.code)
    expect(theirs.value.payload).toMatchObject(a.shared.common)
    expect(theirs.value.header).toEqual(a.shared.header)
  })

  test('is of no use once it was revoked, or the month is over', async () => {
    const { desk, apply, list, issuer, pass, nowS, open } = await someDesk()
    const { id } = await apply()
    const [mine, next] = (await keys(2)) as [Signing, Signing]
    const issue = async (key: Signing) => {
      const issued = await desk.issue(id, [key.jwk])
      if (issued.verdict !== 'accept') throw new Error(issued.code)
      return issued.value[0]!
    }
    const look = async (credential: string, key: Signing) => {
      const presentation = await presentConcession(credential, key, TRIP, nowS())
      return checkConcession(presentation, { issuer, trip: TRIP, statuses: await list(), nowS: nowS() })
    }
    const first = await issue(mine)
    expect((await look(first, mine)).verdict).toBe('accept')
    pass(31 * DAY_S)
    expect(await look(first, mine)).toMatchObject({ code: 'concession-over' })
    const second = await issue(next)
    expect((await look(second, next)).verdict).toBe('accept')
    expect(await desk.revoke(id, 'conduct')).toMatchObject({ value: { state: 'revoked' } })
    expect(await look(second, next)).toMatchObject({ code: 'concession-ended' })
    expect(await desk.issue(id, [mine.jwk])).toMatchObject({ code: 'state' })
    expect((await open()).entries()).toEqual(desk.entries()) // the log tells all of it
  })
})

describe('the desk for concessions', () => {
  test('issues a batch to keys that differ, no more than its size and a month’s share', async () => {
    const { desk, apply } = await someDesk()
    const { id } = await apply()
    const [key] = await keys(1)
    expect(await desk.issue(id, [])).toMatchObject({ code: 'batch' })
    expect(await desk.issue(id, [key!.jwk, key!.jwk])).toMatchObject({ code: 'batch' })
    const many = (await keys(BATCH_MOST + 1)).map(each => each.jwk)
    expect(await desk.issue(id, many)).toMatchObject({ code: 'batch' })
    for (let i = 0; i < 6; i++) expect((await desk.issue(id, many.slice(1))).verdict).toBe('accept')
    expect(await desk.issue(id, [key!.jwk])).toMatchObject({ code: 'month-full' })
    const { issued } = desk.entries()[0]!
    expect(new Set(issued!.indexes).size).toBe(6 * BATCH_MOST)
  }, 20_000)

  test('waits for an officer, keeps claims sealed, and knows of credentials their numbers alone', async () => {
    const { desk, apply, seal, lines, nowS } = await someDesk(false)
    const filed = await apply()
    expect(desk.ask(filed.id, OTHER)).toMatchObject({ code: 'unknown' })
    expect(desk.ask(filed.id, WORD)).toMatchObject({ value: { state: 'waiting' } })
    expect(await openClaim(seal.keyPair, filed)).toEqual({ verdict: 'accept', value: CLAIM })
    expect(await openClaim(seal.keyPair, { ...filed, ticket: OTHER })).toMatchObject({ code: 'sealed' })
    expect(await desk.grant(filed.id, 'everybody', nowS() + DAY_S)).toMatchObject({ code: 'category' })
    expect(await desk.grant(filed.id, 'student', nowS())).toMatchObject({ code: 'until' })
    expect(await desk.grant('none', 'student', nowS() + DAY_S)).toMatchObject({ code: 'unknown' })
    expect(await desk.grant(filed.id, 'student', nowS() + DAY_S)).toMatchObject({
      value: { state: 'granted' },
    })
    expect(await desk.refuse(filed.id, 'papers')).toMatchObject({ code: 'state' })
    const [key] = await keys(1)
    const issued = await desk.issue(filed.id, [key!.jwk])
    if (issued.verdict !== 'accept') throw new Error(issued.code)
    const token = decodeJwt(issued.value[0]!.split('~', 1)[0]!)
    const { cnf } = (token.verdict === 'accept' ? token.value.payload : {}) as { cnf: { jwk: { x: string } } }
    expect(lines.join()).not.toContain(cnf.jwk.x)
    expect(lines.join()).not.toContain('Ana')
    expect(Object.keys(JSON.parse(lines.at(-1)!)).sort()).toEqual(['atMs', 'id', 'indexes', 'month', 'type'])
  })

  test('takes the largest picture, and refuses forms that are none', async () => {
    const { desk, apply, seal } = await someDesk(false)
    const claim = {
      ...CLAIM,
      name: 'n'.repeat(128),
      evidence: 'e'.repeat(400),
      picture: toBase64url(new Uint8Array(PICTURE_MAX)),
    }
    const filed = await apply(claim)
    expect(filed.sealed.length).toBeLessThanOrEqual((SEALED_FORM_MAX * 4) / 3)
    expect(await openClaim(seal.keyPair, filed)).toMatchObject({ verdict: 'accept' })
    for (const bad of [{ category: 'king' }, { name: ' ' }, { evidence: 'e'.repeat(401) }, { name: 7 }]) {
      const word = toHex(sha256(new TextEncoder().encode(JSON.stringify(bad))))
      expect(await openClaim(seal.keyPair, await apply({ ...CLAIM, ...bad }, word))).toMatchObject({
        code: 'form',
      })
    }
    expect(await desk.file({ ticket: WORD })).toMatchObject({ code: 'form' })
    expect(await desk.file({ ticket: WORD, sealed: 'AAAA' })).toMatchObject({ code: 'size' })
  })
})

import { importAuditKey, makeAuditKey } from '@hexhail/audit/audit-key.ts'
import { verifyEvidence } from '@hexhail/audit/evidence/verify-evidence.ts'
import { createAuditDesk } from '@hexhail/authority-web/audit-desk.ts'
import { createAuditJob } from '@hexhail/authority-web/audit-job.ts'
import { createAuthorityModel } from '@hexhail/authority-web/model.ts'
import type { ChainAct } from '@hexhail/chain/authority-acts.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { effect } from '@preact/signals-core'
import { expect, test } from 'vitest'
import { TARIFF } from '../protocol/demo-tariff.ts'
import { sealAll, seededTrips } from './seeded-city.ts'
import { memoryShelf, tableChain } from './table-chain.ts'

const DAY_S = 86_400
const CHAIN = { chainId: 1, vault: `0x${'7a'.repeat(20)}` } as const

/** On the chain each driver but that of the last trip was granted a permit. */
function acts(authority: Hex, trips: ReturnType<typeof seededTrips>): ChainAct[] {
  const drivers = new Set(trips.map(({ fact }) => fact.driver))
  drivers.delete(trips.at(-1)!.fact.driver)
  return [...drivers].map((driver, logIndex) => ({
    ...({ act: 'permit', holder: 'driver', change: 'granted', authority } as const),
    ...{ tx: `0x${'0c'.repeat(32)}`, logIndex, atS: 1_700_000_000, untilS: 1_900_000_000 },
    subject: `0x${'00'.repeat(12)}${driver.slice(2)}`,
    credential: `0x${'00'.repeat(32)}`,
  }))
}

/** A page over a made-up city whose records were filed, and its audit desk. */
async function pageOf(count: number, needsPermit = false) {
  const { privateKey, publicKey } = await makeAuditKey()
  const shelf = memoryShelf()
  const key = await importAuditKey(privateKey, publicKey)
  if (key.verdict === 'accept') await shelf.save([key.value])
  const endS = 1_795_900_000
  const trips = seededTrips({ ...TARIFF, document: `0x${'00'.repeat(32)}` }, count, endS)
  const table = tableChain(publicKey, new Map([[1, { ...TARIFF, needsPermit }]]), shelf)
  // Four days later: what is not filed by now is missing.
  table.nowMs = (endS + 4 * DAY_S) * 1_000
  table.filed.push(...(await sealAll(trips, publicKey)))
  const model = createAuthorityModel(table.ports)
  for (const { fact } of trips) table.tell('fact', fact)
  const filed = trips.filter(trip => trip.record !== null).length
  await new Promise<void>(resolve => {
    const stop = effect(() => {
      if (model.rows.value.filter(row => row.filing === 'opened').length === filed)
        queueMicrotask(() => resolve(stop()))
    })
  })
  const job = createAuditJob(CHAIN)
  const runs: number[] = []
  const ticks: (() => void)[] = []
  const desk = createAuditDesk({
    auditor: {
      run: async (rows, books) => {
        runs.push(rows.length)
        return job.run(rows, books)
      },
      over: async (rows, books) => createAuditJob(CHAIN).run(rows, books),
      evidence: async at => job.evidence(at),
    },
    ...{ rows: model.rows, tariffs: model.tariffs, now: () => table.nowMs, speed: 1 },
    find: async () => ({ state: 'away' }),
    acts: async authority => acts(authority, trips),
    every: (_, run) => {
      ticks.push(run)
      return () => {}
    },
    report: error => {
      throw error
    },
  })
  return { table, model, desk, trips, runs, tick: () => ticks.map(run => run()) }
}

test('finds what was charged above the quote’s tariff and what was never filed, with evidence that verifies', async () => {
  const { model, desk, trips } = await pageOf(120)
  expect(desk.news.value).toBeNull()
  desk.begin()
  await expect.poll(() => desk.news.value?.trips).toBe(120)
  const news = desk.news.value!
  const about = (check: string) =>
    news.findings
      .filter(each => each.check === check)
      .flatMap(each => each.terms)
      .sort()
  expect(about('C1')).toEqual(trips.flatMap(({ fact, record }) => (record ? [] : [fact.terms])).sort())
  const wrong = model.rows.value.filter(row => row.audit?.verdict === 'wrong').map(row => row.fact.terms)
  expect(wrong.length).toBeGreaterThan(0)
  const found = new Set(news.findings.flatMap(each => each.terms))
  expect(wrong.filter(terms => !found.has(terms))).toEqual([])
  const at = news.findings.findIndex(each => each.check === 'F1' || each.check === 'F2')
  expect(await verifyEvidence((await desk.evidence(at))!)).toMatchObject({ verdict: 'accept' })
  expect(await desk.evidence(news.findings.length)).toBeNull()

  const kept = await desk.evidence(0)
  expect((await desk.over(desk.audited.value)).findings).toEqual(news.findings)
  const few = desk.audited.value.filter(({ fact }) => fact.terms !== news.findings[0]!.terms[0])
  expect((await desk.over(few)).findings).toHaveLength(news.findings.length - 1)
  expect(desk.news.value).toBe(news)
  expect(await desk.evidence(0)).toBe(kept)
  expect(news.weeks.reduce((sum, week) => sum + week.trips, 0)).toBeGreaterThan(0)
  await model[Symbol.asyncDispose]()
})

test('holds each driver against the permits that the chain has', async () => {
  const { model, desk, trips } = await pageOf(60, true)
  desk.begin()
  await expect.poll(() => desk.news.value?.trips).toBe(60)
  const { findings, notChecked, asked } = desk.news.value!
  expect(notChecked.map(each => each.check)).not.toContain('P1')
  expect(asked.P1).toBeGreaterThan(0)
  const accused = new Set(findings.filter(each => each.check === 'P1').flatMap(each => each.terms))
  const { driver } = trips.at(-1)!.fact
  const his = trips.filter(({ fact, record }) => record && record.acceptedAtMs > 0 && fact.driver === driver)
  expect([...accused].sort()).toEqual(his.map(({ fact }) => fact.terms).sort())
  await model[Symbol.asyncDispose]()
})

test('audits again only when there is something new', async () => {
  const { model, desk, runs, tick } = await pageOf(20)
  desk.begin()
  await expect.poll(() => runs.length).toBe(1)
  await expect.poll(() => desk.news.value?.trips).toBe(20)
  tick()
  desk.begin()
  expect(runs.length).toBe(1)
  await model[Symbol.asyncDispose]()
})

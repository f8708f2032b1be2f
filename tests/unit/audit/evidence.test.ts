import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Finding } from '@hexhail/audit/checks/finding.ts'
import { runAudit } from '@hexhail/audit/checks/run-audit.ts'
import type { Evidence } from '@hexhail/audit/evidence/evidence.ts'
import { evidenceDigest, evidenceText, parseEvidence } from '@hexhail/audit/evidence/evidence-text.ts'
import { makeEvidence } from '@hexhail/audit/evidence/make-evidence.ts'
import { trustsOf } from '@hexhail/audit/evidence/trusts.ts'
import { verifyEvidence } from '@hexhail/audit/evidence/verify-evidence.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeTrips } from '../../bench/audit/make-trips.ts'
import { openTrips } from '../../bench/audit/trip-file.ts'
import { booksOf } from '../../bench/audit/world.ts'

const run = promisify(execFile)
const dir = mkdtempSync(join(tmpdir(), 'hexhail-evidence-'))
const chain = { chainId: 31337, vault: `0x${'7a'.repeat(20)}` } as const
const firsts = new Map<string, Finding>()
let write: (finding: Finding) => Evidence

beforeAll(() => {
  const made = makeTrips(join(dir, 'trips'), 400, 300, 11)
  const source = openTrips(join(dir, 'trips'))
  const books = booksOf(made.registers)
  for (const finding of runAudit(source, books).findings)
    if (!firsts.has(finding.check)) firsts.set(finding.check, finding)
  write = finding => makeEvidence(finding, source, books, chain)
})
afterAll(() => rmSync(dir, { recursive: true }))

const signed = (evidence: Evidence): string => evidenceText({ ...evidence, digest: evidenceDigest(evidence) })
const codeOf = async (text: string) => {
  const verdict = await verifyEvidence(text)
  return verdict.verdict === 'accept' ? 'confirmed' : verdict.code
}

describe('an evidence file', () => {
  test('of every kind of finding is confirmed by itself, and says what it trusts', async () => {
    expect([...firsts.keys()].sort()).toEqual(
      expect.arrayContaining(['C1', 'C2', 'C3', 'C4', 'F1', 'F3', 'L1', 'P1', 'T3', 'W2']),
    )
    for (const [check, finding] of firsts) {
      const evidence = write(finding)
      expect([check, await codeOf(evidenceText(evidence))]).toEqual([check, 'confirmed'])
      expect(trustsOf(evidence).length).toBeGreaterThan(0)
    }
  })

  test('is the same after being read back', () => {
    const evidence = write(firsts.get('F1')!)
    expect(parseEvidence(evidenceText(evidence))).toEqual(evidence)
  })

  test('that was changed anywhere is refused', async () => {
    const text = evidenceText(write(firsts.get('F1')!))
    for (let at = 40; at < text.length; at += Math.ceil(text.length / 60)) {
      const digit = /\d/.test(text[at]!) ? String((Number(text[at]) + 1) % 10) : text[at] === 'x' ? 'y' : 'x'
      if (/\s/.test(text[at]!)) continue // white space says nothing
      expect(await codeOf(text.slice(0, at) + digit + text.slice(at + 1))).not.toBe('confirmed')
    }
  })

  test('that was changed with its digest made again is refused, unless the figures follow', async () => {
    const evidence = write(firsts.get('F1')!)
    const [trip] = evidence.trips
    const record = `${trip!.record!.slice(0, -2)}00` as `0x${string}`
    expect(await codeOf(signed({ ...evidence, trips: [{ ...trip!, record }] }))).toBe('order')
    const [entry] = evidence.books.tariffs
    const dear = { ...entry!, document: { ...entry!.document!, title: 'Another' } }
    expect(await codeOf(signed({ ...evidence, books: { ...evidence.books, tariffs: [dear] } }))).toBe(
      'document',
    )
    const answers = evidence.answers.map(each => ({ ...each, found: { unit: 'money', value: 5n } as const }))
    expect(await codeOf(signed({ ...evidence, answers }))).toBe('figures')
    expect(await codeOf(signed({ ...evidence, check: 'F9' }))).toBe('check')
    expect(await codeOf(signed({ ...evidence, check: 'C1' }))).toBe('order')
  })

  test('that is junk is refused, whatever it is', async () => {
    const junk = [
      '',
      '{',
      'null',
      '[]',
      '{"format":"hexhail-evidence-1"}',
      '{"format":"hexhail-evidence-1","trips":[{}]}',
    ]
    for (const text of junk) expect(await codeOf(text)).toMatch(/format|digest/)
  })

  test('of a log that did nothing wrong is refused', async () => {
    const evidence = write(firsts.get('W2')!)
    const fault = {
      says: 'lies',
      proof: { kind: 'equivocation', vkey: 'x', checkpoints: ['a', 'b'] } as const,
    }
    const lie = {
      ...evidence,
      check: 'G1',
      subject: 'lies',
      books: { ...evidence.books, equivocations: [fault] },
    }
    expect(await codeOf(signed(lie))).toBe('log')
  })
})

test('hexhail audit verify confirms it in an empty folder without a network, and refuses a changed one with 1', async () => {
  const file = join(dir, 'finding.json')
  const text = evidenceText(write(firsts.get('F3')!))
  const command = new URL('../../../node/hexhail.ts', import.meta.url).pathname
  const alone = new URL('./no-network.ts', import.meta.url).href
  const verify = () =>
    run(process.execPath, ['--import', alone, command, 'audit', 'verify', file], {
      cwd: mkdtempSync(join(dir, 'empty-')),
      env: { PATH: '' },
    })
  writeFileSync(file, text)
  const told = JSON.parse((await verify()).stdout)
  expect(told).toMatchObject({ confirmed: true, check: 'F3' })
  expect(told.trusts.length).toBeGreaterThan(0)
  writeFileSync(file, text.replace('"check": "F3"', '"check": "F2"'))
  await expect(verify()).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('changed after') })
})

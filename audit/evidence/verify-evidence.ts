import { fromHex, isHex, toHex } from '@hexhail/protocol/hex.ts'
import { tariffDocument, tariffHash } from '@hexhail/protocol/tariff-document.ts'
import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { BOOK_CHECKS, GROUP_CHECKS, TRIP_CHECKS } from '../checks/all-checks.ts'
import type { Answer } from '../checks/check.ts'
import { failed } from '../checks/finding.ts'
import { createLedger } from '../checks/ledger.ts'
import { settledRow } from '../checks/settled-row.ts'
import { tripCase } from '../checks/trip-case.ts'
import { decodeEntry } from '../log/entry.ts'
import { type LogFile, verifyLogFile } from '../log/evidence.ts'
import { strictBase64 } from '../log/signed-note.ts'
import { EVIDENCE_FORMAT, type Evidence } from './evidence.ts'
import { canonical, evidenceDigest, parseEvidence } from './evidence-text.ts'

/**
 * Why a file proves nothing. `format`: it is no evidence file; `digest`: it was changed after it was written; `document`:
 * a tariff's document is not the one that the chain names; `log`: what it has from the public log does not hold; `check`:
 * there is no such check; `figures`: what is in it gives other figures than it says; `order`: what is in it is in order.
 */
export type EvidenceCode = 'format' | 'digest' | 'document' | 'log' | 'check' | 'figures' | 'order'

/** Confirms a finding by nothing but its file: no network, no state. Never throws. */
export async function verifyEvidence(text: string): Promise<Verdict<Evidence, EvidenceCode>> {
  const found = parseEvidence(text) as Evidence | null
  try {
    if (found?.format !== EVIDENCE_FORMAT || !Array.isArray(found.trips)) return reject('format')
    const { digest, ...body } = found
    if (digest !== evidenceDigest(body)) return reject('digest')
    return (await holdsInLog(found)) ? judge(found) : reject('log')
  } catch {
    return reject('format') // fields that are missing, or of another kind
  }
}

function judge(evidence: Evidence): Verdict<Evidence, EvidenceCode> {
  if (!evidence.books.tariffs.every(isOwnDocument)) return reject('document')
  const answers = answersOf(evidence)
  if (answers === null) return reject('check')
  if (answers.length === 0) return reject('order')
  return canonical(answers) === canonical(evidence.answers) ? accept(evidence) : reject('figures')
}

/** Whether each proof of the public log in the file holds: of a trip's record, or of what the log did. */
async function holdsInLog({ trips, books }: Evidence): Promise<boolean> {
  for (const { settled, log } of trips) {
    if (log === null) continue
    const entry = log.kind === 'inclusion' ? strictBase64(log.entry) : null
    const read = entry && decodeEntry(entry)
    if (read?.verdict !== 'accept' || read.value.name !== 'record') return false
    if (toHex(read.value.terms) !== settled.terms.toLowerCase()) return false
    if ((await verifyLogFile(log)).verdict !== 'accept') return false
  }
  const told: readonly (readonly [readonly LogFile['kind'][], LogFile])[] = [
    ...(books.equivocations ?? []).map(({ proof }) => [['equivocation', 'anchor-conflict'], proof] as const),
    ...(books.lateInclusions ?? []).map(({ proof }) => [['broken-promise', 'unlogged-act'], proof] as const),
  ]
  for (const [kinds, proof] of told)
    if (!kinds.includes(proof.kind) || (await verifyLogFile(proof)).verdict !== 'accept') return false
  return true
}

/** A document counts when it has the shape and the hash; without one at hand, the chain's figures alone. */
const isOwnDocument = ({ tariff, document }: Evidence['books']['tariffs'][number]): boolean =>
  document === null || ('document' in tariffDocument(document) && tariffHash(document) === tariff.document)

/** The failed answers of the evidence's check about its own trips; null: there is no such check. */
function answersOf({ check: id, trips, books, subject, answers }: Evidence): readonly Answer[] | null {
  if (trips.length === 0) {
    const check = BOOK_CHECKS.find(each => each.id === id)
    const entry = check?.find(books).find(each => each.subject === subject)
    return check ? (entry?.answers.filter(({ ok }) => !ok) ?? []) : null
  }
  const cases = trips.map(({ settled, record, isSealed = false }) => {
    if (record !== null && !isHex(record)) throw new TypeError('a record that is no hex')
    const bytes = record === null ? null : fromHex(record)
    return tripCase({ settled: settledRow(settled), record: bytes, isSealed })
  })
  const ledger = createLedger(books)
  const checks = [...TRIP_CHECKS, ...GROUP_CHECKS].filter(each => each.id === id)
  if (checks.length === 0) return null
  // W1 asks about a trip and about a week: the one that the figures are of.
  const found = checks.map(check => failed(check, cases, ledger))
  return (
    found.find(each => canonical(each) === canonical(answers)) ?? found.find(each => each.length > 0) ?? []
  )
}

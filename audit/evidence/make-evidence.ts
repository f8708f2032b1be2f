import { toHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Books } from '../checks/books.ts'
import type { TripCase } from '../checks/check.ts'
import type { Finding } from '../checks/finding.ts'
import { tripCase } from '../checks/trip-case.ts'
import type { TripSource } from '../checks/trip-source.ts'
import type { InclusionFile } from '../log/evidence.ts'
import { EVIDENCE_FORMAT, type Evidence, type EvidenceChain } from './evidence.ts'
import { evidenceDigest } from './evidence-text.ts'

/** Writes down all that a finding follows from. */
export function makeEvidence(
  finding: Finding,
  source: TripSource,
  books: Books,
  chain: EvidenceChain,
  inLog: (terms: Hex) => InclusionFile | null = () => null,
): Evidence {
  const { check, name, says, subject, answers } = finding
  const trips = finding.rows.map(row => tripCase(source.trip(row)))
  const body = {
    format: EVIDENCE_FORMAT,
    ...{ check, name, says, chain, subject, answers },
    trips: trips.map(({ settled, bytes, filed }) => ({
      settled,
      record: bytes && toHex(bytes),
      ...(filed === 'sealed' && { isSealed: true }),
      log: inLog(settled.terms),
    })),
    books: partOf(books, trips, subject),
  } as const
  return { ...body, digest: evidenceDigest(body) }
}

/** The entries of the books that the checks of these trips look at; nobody else's. */
function partOf(books: Books, trips: readonly TripCase[], subject: string | null): Books {
  const records = trips.flatMap(({ record }) => (record ? [record] : []))
  const all = (of: (trip: TripCase) => string) => new Set(trips.map(trip => of(trip).toLowerCase()))
  const drivers = all(({ settled }) => settled.driver)
  const hexes = (of: (record: (typeof records)[number]) => Uint8Array) =>
    new Set<string>(records.map(r => toHex(of(r))))
  const cars = hexes(record => record.vehicle)
  const proofs = hexes(record => record.concessionProof)
  const shifts = hexes(record => record.shift)
  const [account = ''] = (subject ?? '').split(' ')
  const isOf = (each: { readonly account: string }) => each.account.toLowerCase() === account
  return {
    ...books,
    tariffs: books.tariffs.filter(({ id }) => trips.some(({ settled }) => settled.tariff === id)),
    permits: some(books.permits, each => drivers.has(each.driver.toLowerCase())),
    vehicles: some(books.vehicles, each => cars.has(each.credential.toLowerCase())),
    concessions: some(books.concessions, each => proofs.has(each.proof.toLowerCase())),
    voids: some(books.voids, each => shifts.has(each.shift.toLowerCase())),
    openTrips: books.openTrips.filter(each => drivers.has(each.driver.toLowerCase())),
    leases: books.leases && {
      terms: books.leases.terms.filter(isOf),
      shares: books.leases.shares.filter(isOf),
    },
    matches: null,
    requests: null,
    equivocations: some(books.equivocations, each => each.says === subject),
    lateInclusions: some(books.lateInclusions, each => each.says === subject),
    exportFaults: some(books.exportFaults, ({ test, row, says }) => `${test} ${row}: ${says}` === subject),
  }
}

const some = <T>(list: readonly T[] | null, keep: (each: T) => boolean): readonly T[] | null =>
  list === null ? null : list.filter(keep)

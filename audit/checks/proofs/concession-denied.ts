import type { TripRecord } from '@hexhail/protocol/record-table.ts'
import { TARIFF_UNIT } from '@hexhail/protocol/tariff.ts'
import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import { least, money } from '../answer.ts'
import { LOOK, type TripCheck } from '../check.ts'
import { scaled, UNIT } from '../fare-number.ts'
import type { Ledger } from '../ledger.ts'
import { hexOrNull } from '../trip-case.ts'
import { FILED } from '../trip-columns.ts'

/** F4: who showed a valid concession credential gets what the tariff takes off. */
export const concessionDenied: TripCheck = {
  id: 'F4',
  name: 'fare.concession_denied',
  kind: 'proof',
  scope: 'trip',
  says: 'A valid concession was shown, and less than the tariff says was taken off the fare.',
  needs: ['documents'],
  look(t, i, ledger) {
    if (t.filed[i] !== FILED.opened || t.hasConcessionProof[i] === 0 || t.startedAtS[i] === 0)
      return LOOK.notAsked
    const rule = ledger.tariff(t.tariff[i]!)?.document?.concessions[t.concessionId[i]!]
    if (rule === undefined) return LOOK.suspect
    const off = scaled(t.fare[i]! + t.concession[i]!, rule.bp)
    const due = rule.most > 0 ? Math.min(off, rule.most * UNIT) : off
    return t.concession[i]! >= due ? LOOK.clean : LOOK.suspect
  },
  ask({ settled, record }, ledger) {
    const document = ledger.tariff(settled.tariff)?.document
    if (!document || record === null || record.startedAtMs === 0) return []
    const rule = ruleOf(document, record, ledger)
    if (rule === undefined) return []
    const before = record.fare + record.concession
    const off = (before * BigInt(rule.bp)) / 10_000n
    const bound = BigInt(rule.most) * TARIFF_UNIT
    return [least('CONCESSION', money(rule.most > 0 && off > bound ? bound : off), money(record.concession))]
  },
}

/** The concession that the record names, or that the credential it points to stands for. */
function ruleOf({ concessions }: TariffDocument, record: TripRecord, { books }: Ledger) {
  const proof = hexOrNull(record.concessionProof)
  if (proof === null) return undefined
  const named = concessions[record.concessionId]
  if (named) return named
  const atS = record.acceptedAtMs / 1_000
  const shown = books.concessions?.find(
    each => each.proof.toLowerCase() === proof && atS >= each.fromS && atS < each.untilS,
  )
  return concessions.find(each => each.id === shown?.concession)
}

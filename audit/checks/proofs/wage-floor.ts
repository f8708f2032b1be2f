import type { TripRecord } from '@hexhail/protocol/record-table.ts'
import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import { wageFloor } from '@hexhail/protocol/tariff-wage.ts'
import type { Settled } from '../../settled.ts'
import { least, money } from '../answer.ts'
import { LOOK, type TripCheck } from '../check.ts'
import { wageNumber } from '../fare-number.ts'
import { FILED, type TripColumns } from '../trip-columns.ts'

/**
 * W1: the driver's pay for a trip, tips and tolls apart, is not below the tariff's floor. What the authority bears of a
 * reduced fare it owes him besides: so much less the fare must come to. What the document lets him bear is his loss.
 */
export const wageFloorTrip: TripCheck = {
  id: 'W1',
  name: 'wage.floor',
  kind: 'proof',
  scope: 'trip',
  says: "The driver's pay is below the floor for the way with the rider.",
  needs: ['documents'],
  look(t, i, ledger) {
    if (t.filed[i] !== FILED.opened || t.startedAtS[i] === 0) return LOOK.notAsked
    const document = ledger.tariff(t.tariff[i]!)?.document
    if (document?.wage.per !== 'trip') return LOOK.notAsked
    return payNumber(t, i) >= floorNumber(document, t, i) ? LOOK.clean : LOOK.suspect
  },
  ask({ settled, record }, ledger) {
    const document = ledger.tariff(settled.tariff)?.document
    if (document?.wage.per !== 'trip' || record === null || record.startedAtMs === 0) return []
    return [least('FLOOR', money(floorOf(document, record)), money(payOf(settled)))]
  },
}

/** What a driver keeps of a settlement, tip and toll apart. */
export const payOf = ({ fare, wait, levy }: Settled): bigint => fare + wait - levy
/** The same of a row. */
export const payNumber = (t: TripColumns, i: number): number =>
  t.paidFare[i]! + t.paidWait[i]! - t.paidLevy[i]!

/** Floor of a trip under a document that has one, less the concession that the authority bears. */
export const floorOf = (
  document: TariffDocument,
  { metres, secs, vehicleClass, served, concessionId, concession }: TripRecord,
): bigint =>
  (wageFloor(document, { metres, secs, isWav: isWav(document, vehicleClass, served) }) ?? 0n) -
  (isBorne(document, concessionId) ? concession : 0n)
/** The same of a row. */
export function floorNumber(document: TariffDocument, t: TripColumns, i: number): number {
  const { perKm, wavPerKm, perMin } = document.wage
  const wav = isWav(document, t.vehicleClass[i]!, t.served[i]!)
  const borne = isBorne(document, t.concessionId[i]!) ? t.concession[i]! : 0
  return wageNumber(wav ? wavPerKm : perKm, perMin, t.metres[i]!, t.secs[i]!) - borne
}

/** The authority pays for what is taken off. */
const isBorne = ({ concessions }: TariffDocument, id: number): boolean =>
  concessions[id]?.borneBy === 'authority'

/** A wheelchair was served, or the class is for them. */
const isWav = ({ classes }: TariffDocument, vehicleClass: number, served: number): boolean =>
  (served & 1) === 1 || classes[vehicleClass]?.isWav === true

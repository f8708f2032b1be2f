import { chargeSum, componentSum } from '@hexhail/protocol/record.ts'
import { money, most, number, same } from '../answer.ts'
import { LOOK, type TripCheck } from '../check.ts'
import { FILED } from '../trip-columns.ts'

/** F3: the record's lines add up, and the vault paid what the record says. */
export const fareArithmetic: TripCheck = {
  id: 'F3',
  name: 'fare.arithmetic',
  kind: 'proof',
  scope: 'trip',
  says: 'The lines of the fare do not add up to it, or it is not what was paid.',
  needs: [],
  look(t, i) {
    if (t.filed[i] !== FILED.opened) return LOOK.notAsked
    return t.components[i]! === t.fare[i]! &&
      t.charges[i]! === t.toll[i]! &&
      t.signedTariff[i] === t.tariff[i] &&
      t.fare[i]! === t.paidFare[i]! &&
      t.wait[i]! === t.paidWait[i]! &&
      t.toll[i]! === t.paidToll[i]! &&
      t.paidTip[i]! <= t.tip[i]! &&
      t.tip[i]! <= t.fare[i]!
      ? LOOK.clean
      : LOOK.suspect
  },
  ask({ settled, record }) {
    if (record === null) return []
    return [
      same('LINES', money(componentSum(record)), money(record.fare)),
      same('TOLL_LINES', money(chargeSum(record)), money(record.toll)),
      same('TARIFF', number(settled.tariff), number(record.tariff)),
      same('PAID_FARE', money(record.fare), money(settled.fare)),
      same('PAID_WAIT', money(record.wait), money(settled.wait)),
      same('PAID_TOLL', money(record.toll), money(settled.toll)),
      most('PAID_TIP', money(record.tip), money(settled.tip)), // less where the rider's balance was short
      most('TIP_LIMIT', money(record.fare), money(record.tip)),
    ]
  },
}

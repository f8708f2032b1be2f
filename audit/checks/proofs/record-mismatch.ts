import type { Hex } from '@hexhail/protocol/terms.ts'
import { id, number, same } from '../answer.ts'
import { LOOK, type TripCheck } from '../check.ts'
import { recordBytesRoot } from '../trip-case.ts'
import { FILED } from '../trip-columns.ts'

const NO_ROOT: Hex = `0x${'00'.repeat(32)}`

/** C2: what was filed is what both signed. */
export const recordMismatch: TripCheck = {
  id: 'C2',
  name: 'receipt.mismatch',
  kind: 'proof',
  scope: 'trip',
  says: 'What was filed for the trip is not the record that was settled.',
  needs: [],
  look(t, i) {
    const filed = t.filed[i]
    if (filed === FILED.none || filed === FILED.newer || filed === FILED.sealed) return LOOK.notAsked
    return filed === FILED.opened ? LOOK.clean : LOOK.suspect
  },
  ask({ settled, filed, bytes }) {
    if (bytes === null || filed === 'newer') return []
    const root = (recordBytesRoot(bytes) ?? NO_ROOT) as Hex
    return [
      same('RECORD_ROOT', id(settled.record), id(root)),
      same('READABLE', number(0), number(filed === 'unreadable' ? 1 : 0)),
    ]
  },
}

import { checkDelegation } from '@hexhail/protocol/delegation.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import type { Offer } from '@hexhail/protocol/messages.ts'
import { sessionAddress } from '@hexhail/protocol/session-key.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { DriverRecords } from './driver-records.ts'
import type { ClientPorts } from './ports.ts'

/** True when the offer's session key speaks for its account and the account has a permit that stands now. */
export async function offerStands(
  { rules, now }: Pick<ClientPorts, 'rules' | 'now'>,
  records: DriverRecords,
  key: Hex,
  offer: Pick<Offer, 'account' | 'sessionUntilMs' | 'delegation'>,
): Promise<boolean> {
  const verdict = checkDelegation({
    domain: rules.domain,
    session: sessionAddress(fromHex(key)),
    role: 'driver',
    untilMs: offer.sessionUntilMs,
    account: offer.account,
    signature: offer.delegation,
    nowMs: now(),
  })
  if (verdict.verdict !== 'accept') return false
  const { permitUntilS } = await records.ask(offer.account)
  return permitUntilS * 1000 > now()
}

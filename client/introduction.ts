import type { Frame } from '@hexhail/net/frame.ts'
import type { Role } from '@hexhail/protocol/delegation.ts'
import type { Session } from './session.ts'
import { createSpeech, type Partner } from './speech.ts'

/**
 * Who greets, if the greeting was sealed to this session and signed; else null. Drivers of an earlier request go on
 * calling for a while, and a place is not given to them.
 */
export async function introduction(
  us: {
    readonly role: Role
    readonly session: Session
    readonly chainId: number
    readonly now: () => number
  },
  { tag, seq, payload }: Frame,
): Promise<Partner | null> {
  let caller: Partner | null = null
  const speech = createSpeech({
    ...us,
    tag,
    partner: () => caller,
    onPartner: async partner => {
      caller = partner
    },
  })
  await speech.open('hello', seq, payload)
  return caller
}

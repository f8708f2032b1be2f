import type { Session } from '@hexhail/client/session.ts'
import { createSpeech, type Partner, writeMessage } from '@hexhail/client/speech.ts'
import type { Role } from '@hexhail/protocol/delegation.ts'
import { createSealKey } from '@hexhail/protocol/seal.ts'
import { createSessionKey } from '@hexhail/protocol/session-key.ts'
import { describe, expect, it } from 'vitest'

const TAG = 'ab'.repeat(16)

/** Two sides of one conversation that know each other. */
async function pair() {
  const session = async (): Promise<Session> => ({
    key: await createSessionKey(),
    sealKey: await createSealKey(),
    receiptKey: await createSessionKey(),
  })
  const [rider, driver] = [await session(), await session()]
  const speech = (role: Role, own: Session, other: Session) => {
    const partner: Partner = { key: other.key.publicKey, sealKey: other.sealKey.publicKey, addrs: [] }
    return createSpeech({
      tag: TAG,
      role,
      session: own,
      chainId: 31_337,
      now: () => 0,
      partner: () => partner,
      onPartner: async () => {},
    })
  }
  return { rider: speech('rider', rider, driver), driver: speech('driver', driver, rider) }
}

describe('the speech of a conversation', () => {
  it('carries a kept message, bound to its number', async () => {
    const { rider, driver } = await pair()
    const bytes = writeMessage({ name: 'chat', body: { text: 'I am at the corner' } })
    const sealed = await rider.seal('data', 3, bytes)
    expect(await driver.open('data', 3, sealed)).toEqual(bytes)
    expect(await driver.open('data', 4, sealed)).toBeUndefined()
    expect(await driver.open('hello', 3, sealed)).toBeUndefined()
  })

  it('carries the gap that an expired message leaves, so that later ones are still in order', async () => {
    const { rider, driver } = await pair()
    const gap = await driver.seal('data', 1, new Uint8Array(0))
    expect(await rider.open('data', 1, gap)).toEqual(new Uint8Array(0))
    expect(await rider.open('data', 2, gap)).toBeUndefined()
  })

  it('has no empty greeting', async () => {
    const { driver } = await pair()
    await expect(driver.seal('hello', 1, new Uint8Array(0))).rejects.toThrow()
  })
})

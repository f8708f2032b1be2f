import { type ChannelOptions, createChannel } from '@hexhail/net/channel.ts'
import { createSwitchboard } from '@hexhail/net/switchboard.ts'
import { expect, test } from 'vitest'
import { createAir, virtualTime } from './air.ts'
import { linkedPair } from './straight.ts'
import { inbox } from './swarm.ts'
import { seals, TAG } from './talkers.ts'

test('a conversation goes on over whichever link lives, the straight one first', async () => {
  const time = virtualTime()
  const air = createAir(time, () => 0)
  const leaves = [air.leaf(), air.leaf()] as const
  const heard = inbox<string>()
  const channels = leaves.map((leaf, side) => {
    const switchboard = createSwitchboard({
      leaf,
      now: time.now,
      after: time.after,
      onNewConversation: () => {},
    })
    const options: ChannelOptions = {
      ...seals(side),
      switchboard,
      tag: TAG,
      role: side === 0 ? 'caller' : 'answerer',
      ...(side === 0 && { peerAddrs: leaves[1].addrs() }),
      save: async () => {},
      onMessage: bytes => heard.put(`${side} ${new TextDecoder().decode(bytes)}`),
      expiresAtMs: 3_600_000,
      now: time.now,
      after: time.after,
      random: () => 0.5,
    }
    return createChannel(options)
  })
  const [driver, rider] = [channels[0]!, channels[1]!]
  const say = async (text: string): Promise<void> => {
    await driver.send(new TextEncoder().encode(text))
    await time.run(2000)
  }
  await time.run(5000)
  await say('by relay')

  // What goes straight is counted.
  const [near, far] = linkedPair()
  let straight = 0
  driver.join({ ...near, send: frame => near.send(frame).then(() => void straight++) })
  rider.join(far)
  await time.run(100)
  const greetings = straight
  await say('straight')
  expect(straight).toBeGreaterThan(greetings)

  const before = straight
  await near.close()
  expect(driver.status).toBe('linked')
  await say('by relay again')
  expect(straight).toBe(before)

  // And the other way round: the relay goes, the straight link stays.
  const [one, other] = linkedPair()
  driver.join(one)
  rider.join(other)
  await time.run(100)
  air.cut()
  air.block(60_000)
  await time.run(100)
  expect([driver.status, rider.status]).toEqual(['linked', 'linked'])
  await say('straight alone')
  await one.close()
  await time.run(50)
  expect(driver.status).toBe('seeking')
  await say('kept for later')
  await time.run(120_000)
  expect(driver.status).toBe('linked')
  expect(heard.all).toEqual([
    '1 by relay',
    '1 straight',
    '1 by relay again',
    '1 straight alone',
    '1 kept for later',
  ])
  await Promise.all(channels.map(channel => channel.close()))
})

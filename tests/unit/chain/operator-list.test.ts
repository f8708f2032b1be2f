import { grantPermit, revokePermit } from '@hexhail/chain/grant-permit.ts'
import { createOperatorList } from '@hexhail/chain/operator-list.ts'
import type { Permit } from '@hexhail/chain/ports.ts'
import { transitCredential } from '@hexhail/protocol/operator.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localChain, QUICK } from './local-chain.ts'

const account: Hex = `0x${'ab'.repeat(20)}`
const NOW = 1_800_000_000_000
const permit = (over: Partial<Permit> = {}): Permit => ({
  ...{ untilS: NOW / 1000 + 86_400, credential: transitCredential('coetc'), vehicle: null },
  ...over,
})

describe('the list of operators', () => {
  let world: Awaited<ReturnType<typeof localChain>>
  beforeAll(async () => {
    world = await localChain()
  })
  afterAll(() => world.anvil.stop())

  it('is that of the authority on the chain: for one agency, while the permit stands', async () => {
    const { config, authority, reader } = world
    let nowMs = Date.now()
    const list = createOperatorList(reader, authority.address)
    expect(await list.isListed('coetc', account, nowMs)).toBe(false)
    const untilS = Math.ceil(nowMs / 1000) + 7 * 86_400
    const grant = { driver: account, untilS, credential: transitCredential('coetc') }
    await grantPermit(config, authority, grant, QUICK)
    expect(await list.isListed('coetc', account, nowMs)).toBe(false)
    nowMs += 10_000
    expect(await list.isListed('coetc', account, nowMs)).toBe(true)
    expect(await list.isListed('cutcsa', account, nowMs)).toBe(false)
    expect(await createOperatorList(reader, account).isListed('coetc', account, nowMs)).toBe(false)
    await revokePermit(config, authority, account, QUICK)
    nowMs += 60_000
    // What is known is used while it is asked for anew.
    expect(await list.isListed('coetc', account, nowMs)).toBe(true)
    await expect.poll(() => list.isListed('coetc', account, nowMs + 1)).toBe(false)
    await grantPermit(config, authority, grant, QUICK)
    expect(
      await createOperatorList(reader, authority.address).isListed('coetc', account, untilS * 1000),
    ).toBe(false)
  })
})

describe('while the chain does not answer', () => {
  it('what it said last holds, and nobody new is known', async () => {
    let answer: () => Promise<Permit> = async () => permit()
    const list = createOperatorList({ permit: () => answer() }, account)
    expect(await list.isListed('coetc', account, NOW)).toBe(true)
    answer = () => Promise.reject(new Error('down'))
    expect(await list.isListed('coetc', account, NOW + 3_600_000)).toBe(true)
    expect(await list.isListed('coetc', account, NOW + 86_400_000)).toBe(null)
    expect(await list.isListed('coetc', `0x${'cd'.repeat(20)}`, NOW)).toBe(null)
  })

  it('made-up accounts cost it few questions, and one account one at a time', async () => {
    let asked = 0
    const list = createOperatorList(
      {
        permit: async () => {
          asked++
          return permit({ credential: `0x${'0'.repeat(64)}` })
        },
      },
      account,
    )
    const made = Array.from({ length: 500 }, (_, i): Hex => `0x${i.toString(16).padStart(40, '0')}`)
    const answers = await Promise.all(made.map(each => list.isListed('coetc', each, NOW)))
    expect(asked).toBe(20)
    expect(answers.filter(each => each === null).length).toBe(480)
    await Promise.all([1, 2, 3].map(() => list.isListed('coetc', account, NOW + 1000)))
    expect(asked).toBe(21)
  })
})

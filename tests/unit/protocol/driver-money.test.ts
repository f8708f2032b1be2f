import { cancelPreview } from '@hexhail/protocol/rider-choice.ts'
import type { RiderEffect } from '@hexhail/protocol/rider-state.ts'
import { describe, expect, it } from 'vitest'
import { PLAN, RULES, TAG, tableTop } from './table-top.ts'

type Table = ReturnType<typeof tableTop>
type Said = Extract<RiderEffect, { type: 'send' }>['message']

const DAY_S = 86_400
const sent = ({ driverDid }: Table, type: string): number =>
  driverDid.filter(effect => effect.type === type).length
/** The rider's last receipt comes to the driver after all. */
function bringReceipt(table: Table): void {
  const receipts = table.riderDid.flatMap((effect): Said[] =>
    effect.type === 'send' && effect.message.name === 'receipt' ? [effect.message] : [],
  )
  const key = table.driver.trip!.riderKey
  table.toDriver({ type: 'message', tag: TAG, key, message: receipts.at(-1)! })
}
/** The rider left at the door with a signed fee that has not come to the driver, and the vault was told to cancel. */
function leftAtTheDoor(): Table {
  const table = tableTop()
  table.toTheDoor()
  table.wait(200)
  const { terms } = table.driver.trip!
  const { fee } = cancelPreview(table.rider, table.nowMs(), RULES)
  expect(fee).toBeGreaterThan(0n)
  table.mute.rider = true
  table.toRider({ type: 'cancel', reason: 1, shownFee: fee })
  table.fact({ fact: 'cancelled', fee: 0n, deadlineS: Math.floor(table.nowMs() / 1000) + DAY_S }, terms)
  return table
}

describe('a driver whose rider cancels through the vault', () => {
  it('waits at the door for the receipt that is on its way, and is paid by it', () => {
    const table = leftAtTheDoor()
    table.wait(120)
    expect(sent(table, 'finalizeTx')).toBe(0)
    bringReceipt(table)
    expect(sent(table, 'settleTx')).toBe(1)
    expect(table.facts.map(({ fact }) => fact)).toEqual(['held', 'cancelled', 'settled'])
  })

  it('waits too where he has typed a PIN and never said that he had arrived', () => {
    const table = tableTop()
    for (const act of [table.hear, table.offer, table.choose]) act()
    table.mute.rider = true
    table.toDriver({ type: 'pin', digits: '4711' })
    const deadlineS = Math.floor(table.nowMs() / 1000) + DAY_S
    table.fact({ fact: 'cancelled', fee: 0n, deadlineS }, table.driver.trip!.terms)
    table.wait(120)
    expect(table.driver.trip).toMatchObject({ phase: 'cancelled', arrivedAtMs: 0, startedAtMs: 0 })
    expect(sent(table, 'finalizeTx')).toBe(0)
  })

  it('lets the money go after an hour in which no receipt came', () => {
    const table = leftAtTheDoor()
    table.wait(3_590)
    expect(sent(table, 'finalizeTx')).toBe(0)
    table.wait(80)
    expect(sent(table, 'finalizeTx')).toBe(1)
  })
})

describe('a driver who has claimed', () => {
  /** Ridden to the end; the last receipt has not come, and the driver claims. */
  function claimed(isMined: boolean): Table {
    const table = tableTop()
    table.toTheDoor()
    table.toDriver({ type: 'pin', digits: '4711' })
    table.wait(540)
    table.mute.rider = true
    table.toDriver({ type: 'meter', metres: PLAN.metres, secs: 540, moving: true })
    table.toDriver({ type: 'finish', early: false })
    table.mute.chain = true
    table.toDriver({ type: 'claim' })
    const { terms, claiming } = table.driver.trip!
    const deadlineS = table.nowMs() / 1000 + DAY_S
    if (isMined) table.fact({ fact: 'claimed', amount: claiming, boarded: true, deadlineS }, terms)
    return table
  }
  it.each([true, false])('settles a receipt that comes after it at once (claim mined: %s)', isMined => {
    const table = claimed(isMined)
    table.mute.chain = false
    bringReceipt(table)
    expect(sent(table, 'settleTx')).toBe(1)
    expect(table.driver.trip?.phase).toBe('settled')
  })
})

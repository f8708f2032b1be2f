import { NO_IDLE_CREDIT } from '@hexhail/matcher/assign/idle-credit.ts'
import { createEpochBook, type EpochBook } from '@hexhail/matcher/epoch/book.ts'
import { type Epoch, epochAt, epochLengthMs } from '@hexhail/matcher/epoch/clock.ts'
import { type AreaRule, type BookSolution, solveBook } from '@hexhail/matcher/epoch/solve-book.ts'
import { HANDOVER_RULE } from '@hexhail/matcher/handover/with-rides.ts'
import { epochTopic } from '@hexhail/protocol/cells.ts'
import type { Move } from '@hexhail/protocol/commit.ts'
import { createCommitWatch } from '@hexhail/protocol/double-commit.ts'
import type { CALL } from '@hexhail/protocol/epoch-messages.ts'
import type { ValueOf } from '@hexhail/protocol/fields.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { peerName } from '@hexhail/protocol/peer-name.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import type { DoubleCommits } from './double-commits.ts'
import type { DriverRecords } from './driver-records.ts'
import { createEpochClock, type EpochClock } from './epoch-clock.ts'
import { readCall, readConfirm, readList } from './epoch-words.ts'
import { gossipIn } from './gossip.ts'
import { createHintShelf } from './hint-shelf.ts'
import { offerStands } from './offer-stands.ts'
import type { ClientPorts } from './ports.ts'

/** A call as it came. */
export interface HeardCall {
  readonly body: ValueOf<typeof CALL>
  readonly key: Uint8Array
  readonly issuedAtMs: number
}

/** What an area tells who follows it. */
export interface AreaEvents {
  readonly called?: (call: HeardCall) => void
  /** A rider countersigned this driver's commit. */
  readonly confirmed?: (pair: { readonly rider: string; readonly driver: string }) => void
  /** This driver promised two rides in one epoch: the proof is kept, and nothing that he says counts any more. */
  readonly doubled?: (driver: string) => void
  /** The epoch is over, and its solution gives rides so, in groups that hang together. Absent: nobody asks for solutions. */
  readonly solved?: (
    epoch: Epoch,
    groups: readonly (readonly Move[])[],
    by: Pick<BookSolution, 'taken' | 'faults'>,
  ) => void
}

/** The market of an area as one device hears it, and its own solutions. */
export interface EpochArea {
  readonly book: EpochBook
  readonly clock: EpochClock
  /** Follows the topics of these res-5 cells and leaves the others; none: rests. */
  follow(areas: readonly string[]): void
  /** Takes a word as if it had been heard: one's own are not. Resolves when it is in the book. */
  take(raw: Uint8Array): Promise<void>
  stop(): void
}

/** Epochs are looked at this often, ms. */
const LOOK_MS = 250

/** What all devices of a deployment solve by; no rider's device takes a driver who would come later than the one he has. */
export const areaRule = ({ idleCredit }: Pick<TripRules, 'idleCredit'>): AreaRule => ({
  credit: idleCredit ?? NO_IDLE_CREDIT,
  handover: { ...HANDOVER_RULE, laterDs: 0 },
})

/** Hears an area, and solves each of its epochs at its end and the guard. */
export function createEpochArea(
  {
    leaf,
    chainId,
    rules,
    now,
    every,
    report,
  }: Pick<ClientPorts, 'leaf' | 'chainId' | 'rules' | 'now' | 'every' | 'report'>,
  records: DriverRecords,
  doubles: DoubleCommits,
  events: AreaEvents,
): EpochArea {
  const book = createEpochBook()
  const clock = createEpochClock(now)
  const watch = createCommitWatch()
  const hints = createHintShelf()
  const followed = new Map<string, () => void>()
  /** Whose keys' delegation and permit hold, by key. */
  const permitted = new Map<string, Promise<boolean>>()
  let solvedMs = now()

  const take = async (raw: Uint8Array): Promise<void> => {
    const heard = gossipIn(raw)
    if (heard === null) return
    const { message, key } = heard
    switch (message.name) {
      case 'call': {
        const { tariff } = message.body
        if (tariff !== rules.tariffId) return
        const call = await readCall(message.body, heard)
        book.call({ ...call, bids: call.bids.filter(bid => !doubles.has(bid.driver)) })
        return events.called?.({ body: message.body, key, issuedAtMs: heard.issuedAtMs })
      }
      case 'bids': {
        const name = toHex(key)
        const known = permitted.get(name) ?? offerStands({ rules, now }, records, name, message.body)
        permitted.set(name, known)
        known.catch(() => permitted.delete(name))
        if ((await known) && !doubles.has(peerName(key))) book.list(readList(message.body, heard))
        return
      }
      case 'confirm': {
        const confirmed = await readConfirm(message.body, heard)
        if (confirmed === null) return
        book.accept(confirmed.accept)
        const { request: rider, driver } = confirmed.accept.commit
        events.confirmed?.({ rider, driver })
        const proof = watch.hear(confirmed.signed)
        if (proof !== null && (await doubles.add(proof))) events.doubled?.(driver)
        return
      }
      case 'over':
        return book.over(peerName(key))
      case 'hint':
        return hints.put(peerName(key), message.body, now())
    }
  }
  const hear = (raw: Uint8Array): void => {
    const heard = gossipIn(raw)
    if (heard !== null) clock.note(heard.issuedAtMs)
    void take(raw).catch(report)
  }
  const look = (): void => {
    if (followed.size === 0) return
    const guardMs = clock.guardMs()
    const lengthMs = epochLengthMs(book.pickupDs(), guardMs)
    const epoch = epochAt(epochAt(now() - guardMs, lengthMs).startMs - 1, lengthMs)
    if (epoch.endMs <= solvedMs) return
    solvedMs = epoch.endMs
    const { groups, ...by } = solveBook(book, epoch, areaRule(rules), hints.take(epoch.number))
    events.solved?.(epoch, groups, by)
  }
  const stopLooks = events.solved ? every(LOOK_MS, look) : () => {}

  const follow: EpochArea['follow'] = areas => {
    const wanted = new Set(areas.map(area => epochTopic(chainId, area)))
    for (const [topic, leave] of followed) {
      if (wanted.has(topic)) continue
      leave()
      followed.delete(topic)
    }
    for (const topic of wanted) if (!followed.has(topic)) followed.set(topic, leaf.subscribe(topic, hear))
  }
  return {
    book,
    clock,
    follow,
    take,
    stop: () => {
      stopLooks()
      follow([])
    },
  }
}

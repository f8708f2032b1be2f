import type { Follower } from '@hexhail/chain/ports.ts'
import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'

/** What a machine that follows the chain knows, and how it is told. */
export interface FactListener {
  /** The facts that its state has taken in, the oldest first. */
  known(): readonly ChainFact[]
  /** Whether it wants to know what the chain says of these terms. */
  concerns(terms: ChainFact['terms']): boolean
  tell(change: { readonly type: 'chain' | 'undone'; readonly fact: ChainFact }): void
}

/**
 * Tells a machine what the chain says of its trips. Nothing is told before the chain has been read to its end: what the
 * state knows of an earlier life of the page and what is not there any more was undone while the page was closed, and
 * comes first.
 */
export function followFacts(
  follower: Pick<Follower, 'on' | 'caughtUp'>,
  { known, concerns, tell }: FactListener,
): () => void {
  const standing = new Set<string>()
  let early: (() => void)[] | null = []
  let isOn = true
  const stop = follower.on(({ type, fact }) => {
    if (type === 'fact') standing.add(nameOf(fact))
    else standing.delete(nameOf(fact))
    const pass = (): void => {
      if (concerns(fact.terms)) tell({ type: type === 'fact' ? 'chain' : 'undone', fact })
    }
    if (early) early.push(pass)
    else pass()
  })
  follower.caughtUp().then(
    () => {
      if (!isOn) return
      const gone = known().filter(fact => !standing.has(nameOf(fact)))
      for (const fact of gone.toReversed()) tell({ type: 'undone', fact })
      const waiting = early ?? []
      early = null
      for (const pass of waiting) pass()
    },
    // The follower was stopped.
    () => {},
  )
  return () => {
    isOn = false
    stop()
  }
}

/** A fact as reducers tell it from others. */
const nameOf = ({ txHash, logIndex }: ChainFact): string => `${txHash} ${logIndex}`

/** Signature checks in work and waiting, newest first: under a flood the old ones go, for nobody waits for them any more. */
export interface VerifyQueue {
  /** Result of the check; null when it had to give way to newer ones. */
  run(from: string | undefined, check: () => Promise<boolean>): Promise<boolean | null>
}

/** How many checks there may be. */
export interface VerifyLimits {
  /** Begun at a time: what keeps the crypto threads busy. */
  readonly parallel: number
  /** Begun and waiting, of one neighbour. */
  readonly perLink: number
  /** Begun and waiting, in all. */
  readonly all: number
}

const LIMITS: VerifyLimits = { parallel: 16, perLink: 200, all: 2000 }

interface Waiting {
  readonly from: string | undefined
  readonly check: () => Promise<boolean>
  readonly end: (result: boolean | null) => void
}

/** Makes an empty queue. */
export function createVerifyQueue(limits: VerifyLimits = LIMITS): VerifyQueue {
  const waiting: Waiting[] = []
  const byLink = new Map<string, number>()
  let begun = 0

  const count = (from: string | undefined, by: 1 | -1): number => {
    if (from === undefined) return 0
    const left = (byLink.get(from) ?? 0) + by
    if (left === 0) byLink.delete(from)
    else byLink.set(from, left)
    return left
  }
  const giveWay = (index: number): void => {
    const [old] = waiting.splice(index, 1)
    if (old === undefined) return
    count(old.from, -1)
    old.end(null)
  }
  const begin = ({ from, check, end }: Waiting): void => {
    begun++
    void check()
      .catch(() => false)
      .then(result => {
        begun--
        count(from, -1)
        const next = waiting.pop()
        if (next !== undefined) begin(next)
        end(result)
      })
  }
  return {
    run: (from, check) =>
      new Promise(end => {
        const job = { from, check, end }
        const ofLink = count(from, 1)
        if (begun < limits.parallel) return begin(job)
        waiting.push(job)
        if (ofLink > limits.perLink) giveWay(waiting.findIndex(other => other.from === from))
        else if (begun + waiting.length > limits.all) giveWay(0)
      }),
  }
}

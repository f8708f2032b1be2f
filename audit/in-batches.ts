/** Items in one write. */
const MOST = 1_024

/**
 * Joins single writes into batches: what comes while one is under way goes with the next. Each item gets its own answer;
 * a write that fails fails its items alone.
 */
export function inBatches<Item, Answer>(
  write: (items: readonly Item[]) => Promise<readonly Answer[]>,
): (item: Item) => Promise<Answer> {
  const waiting: { readonly item: Item; readonly done: PromiseWithResolvers<Answer> }[] = []
  let isWriting = false
  const pump = async (): Promise<void> => {
    if (isWriting) return
    isWriting = true
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MOST)
      try {
        const answers = await write(batch.map(({ item }) => item))
        for (const [i, { done }] of batch.entries()) done.resolve(answers[i]!)
      } catch (error) {
        for (const { done } of batch) done.reject(error)
      }
    }
    isWriting = false
  }
  return item => {
    const done = Promise.withResolvers<Answer>()
    waiting.push({ item, done })
    setImmediate(pump)
    return done.promise
  }
}

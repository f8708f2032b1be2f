/** A place for one trip on the device: with keys, conversations, a lane of the vault and a leaf that are its own. */
export interface TripSlot {
  readonly number: number
  readonly trip: string
  readonly session: string
  readonly talk: string
}

/** The rider's places for trips; the first has the names of the time when there was one. */
export const SLOTS: readonly TripSlot[] = [0, 1].map(number => {
  const end = number === 0 ? '' : `-${number + 1}`
  return { number, trip: `rider/trip${end}`, session: `rider/session${end}`, talk: `rider/talk${end}` }
})

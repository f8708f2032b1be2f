import { quotedFare, type TripTariff } from './trip-tariff.ts'

/** A stretch of a shared car's way on which nobody boards or alights. Whole metres and seconds. */
export interface SharedStretch {
  readonly metres: number
  readonly secs: number
  /** Who is in the car: places in the list of the parties' own fares. Nobody: it is not counted. */
  readonly aboard: readonly number[]
}

/**
 * What each party of a shared ride pays, minor units. The car's fare is what the tariff gives for the whole way driven with
 * somebody in it, at one price factor. What it begins with is divided among all parties, what each stretch adds among those
 * who are in the car then. Nobody pays more than his ride alone would have cost (`alone`): what is above that the others bear
 * as far as they have room, and the driver beyond it, for he chose the way. So the parts add up exactly to the car's fare or
 * to all of `alone`, whichever is less. What cannot be divided goes to the first in the list.
 */
export function splitFare(
  of: TripTariff,
  bp: number,
  stretches: readonly SharedStretch[],
  alone: readonly bigint[],
): bigint[] {
  const parts = alone.map(() => 0n)
  const share = (amount: bigint, among: readonly number[]): void => {
    const count = BigInt(among.length)
    const left = amount % count
    among.forEach((party, i) => {
      parts[party]! += amount / count + (BigInt(i) < left ? 1n : 0n)
    })
  }
  if (alone.length === 0) return parts
  let [metres, secs] = [0, 0]
  let fare = quotedFare(of, 0, 0, bp)
  share(fare, [...alone.keys()])
  for (const { metres: moreM, secs: moreS, aboard } of stretches) {
    if (aboard.length === 0) continue
    metres += moreM
    secs += moreS
    const after = quotedFare(of, metres, secs, bp)
    share(after - fare, aboard)
    fare = after
  }
  return withinOwn(parts, alone)
}

/** Cuts each part at its most, and gives what was cut to the others in proportion to the room that they have left. */
function withinOwn(parts: readonly bigint[], most: readonly bigint[]): bigint[] {
  const cut = parts.map((part, i) => (part < most[i]! ? part : most[i]!))
  const room = cut.map((part, i) => most[i]! - part)
  const allRoom = sum(room)
  const over = sum(parts) - sum(cut)
  if (over >= allRoom) return [...most]
  const given = room.map(each => (over * each) / allRoom)
  let left = over - sum(given)
  return cut.map((part, i) => {
    const extra = left > 0n && given[i]! < room[i]! ? 1n : 0n
    left -= extra
    return part + given[i]! + extra
  })
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((all, amount) => all + amount, 0n)

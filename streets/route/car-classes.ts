/** Seats at which a class of cars begins; each has one bit, from bit 4 on. */
const SEATS = [2, 4, 6, 8]
/** Bits of the wire's `needs` (wheelchair, child seat, pet, luggage). */
const NEEDS = 15

/** Class bits of a car for `DriverIndex`: what it can take, as on the wire, and how many seats it has for riders. */
export function carClasses(seats: number, needs: number): number {
  return SEATS.reduce((bits, least, i) => (seats >= least ? bits | (16 << i) : bits), needs & NEEDS)
}

/** Class bits that a ride asks for: eight bits cannot count all seats, so one for 3, 5 or 7 takes a car for one more. */
export function neededClasses(seats: number, needs: number): number {
  const i = SEATS.findIndex(least => least >= seats)
  return (needs & NEEDS) | (seats < 2 ? 0 : 16 << (i < 0 ? SEATS.length - 1 : i))
}

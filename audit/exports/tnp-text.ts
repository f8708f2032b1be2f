import type { Hex } from '@hexhail/protocol/terms.ts'
import type { ByteText } from './byte-text.ts'
import { credentialAt } from './credential-key.ts'
import type { Particulars } from './particulars.ts'
import { csvField } from './text.ts'

/** The licence of the driver with a key (`credential-key.ts`), as a field; empty where nobody knows it. */
export const driverLicence = ({ drivers }: Particulars, keys: Uint8Array, at: number): string =>
  csvField(drivers.get(credentialAt(keys, at))?.licence ?? '')

/** The plate of a car, as a field; empty where nobody knows it. */
export const vehiclePlate = ({ vehicles }: Particulars, credential: Hex): string =>
  csvField(vehicles.get(credential)?.plate ?? '')

const METRES_PER_MILE = 1_609.344
/** Metres as miles, to a hundredth. */
export const milesText = (metres: number): string => (metres / METRES_PER_MILE).toFixed(2)

/** What `toFixed` decides on: nearer to the middle than this, it is asked itself. */
const NEAR = 1e-4

/** `milesText`. */
export function putMiles(out: ByteText, metres: number): void {
  putHundredths(out, (metres / METRES_PER_MILE) * 100, () => milesText(metres))
}

/** Minor units as `(amount / 1e6).toFixed(2)`. */
export function putAmount(out: ByteText, amount: number): void {
  putHundredths(out, amount / 10_000, () => (amount / 1e6).toFixed(2))
}

/** Degrees of 1e-5 as `(e5 / 1e5).toFixed(4)`. */
export function putDegrees(out: ByteText, e5: number): void {
  const size = Math.abs(e5)
  if (size % 10 === 5) {
    out.text((e5 / 1e5).toFixed(4))
    return
  }
  if (e5 < 0) out.byte(45)
  const e4 = Math.round(size / 10)
  const whole = Math.floor(e4 / 1e4)
  out.uint(whole)
  out.byte(46)
  out.padded(e4 - whole * 1e4, 4)
}

function putHundredths(out: ByteText, value: number, exactly: () => string): void {
  const below = Math.floor(value)
  if (Math.abs(value - below - 0.5) < NEAR || !(value < 2 ** 40)) out.text(exactly())
  else out.cents(Math.round(value))
}

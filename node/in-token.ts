/** Decimals of the token. */
const DECIMALS = 6

/** Minor units as a person reads them, with all decimals. */
export function inToken(minor: bigint): string {
  const digits = minor.toString().padStart(DECIMALS + 1, '0')
  return `${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`
}

/** Decimals of the token. */
const DECIMALS = 6

/** Minor units as a person reads them, with all decimals. */
export function inToken(minor: bigint): string {
  const digits = minor.toString().padStart(DECIMALS + 1, '0')
  return `${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`
}

/** An amount as a person types it, `3.5`, in minor units; null: it is none, or finer than those. */
export function fromToken(text: string): bigint | null {
  const [, whole, part = ''] = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(text.trim()) ?? []
  return whole === undefined ? null : BigInt(whole + part.padEnd(DECIMALS, '0'))
}

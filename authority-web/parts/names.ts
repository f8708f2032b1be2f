/** A cell for the eye: without the unused digits at its end. */
export const cellName = (cell: string): string => cell.replace(/f+$/, '')

/** First and last characters of an account or a hash. */
export const shortHex = (hex: string): string => `${hex.slice(0, 6)}…${hex.slice(-4)}`

/** How big a feed may be. */
export interface FeedLimits {
  /** Files in the zip. */
  readonly files: number
  /** Bytes of one file, unpacked. */
  readonly fileBytes: number
  /** Bytes of all files, unpacked. */
  readonly bytes: number
  /** Rows of one file. */
  readonly rows: number
}

/** Room for any city; countries would take all memory. A string can hold half a billion characters at most. */
export const CITY_LIMITS: FeedLimits = {
  files: 200,
  fileBytes: 400_000_000,
  bytes: 600_000_000,
  rows: 8_000_000,
}

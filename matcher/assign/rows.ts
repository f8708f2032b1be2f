/**
 * The pairs of riders and drivers that a search looks at: row r is `start[r]` to `end[r]`, ascending by weight. Rows may
 * lack pairs, none of them below `floor[r]`; `more` then fetches some of these, which may move the row and the arrays.
 */
export interface Rows {
  readonly start: Uint32Array
  readonly end: Uint32Array
  readonly driver: Uint32Array
  readonly weight: Float64Array
  /** By rider, weight; `Infinity` where nothing is missing. */
  readonly floor: Float64Array
  more(rider: number): void
}

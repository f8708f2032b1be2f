/** All that follows from weights, in units. There are two while new weights are worked in. */
export interface WeightSet {
  /** Least times of hierarchy arc `e`: upward `ways[2 * e]`, downward `ways[2 * e + 1]`. */
  readonly ways: Uint32Array
  /** By place in `inTail`: time of the move. */
  readonly inUnits: Uint32Array
  /** Labels: from an id to its ancestors by their depth, and from these to it. */
  readonly out: Uint16Array
  readonly into: Uint16Array
  /** Least `out` of each cell for the ancestors that its ids share. */
  readonly minima: Uint16Array
  /** By arc of the streets: units from its start to its end. */
  readonly arcUnits: Uint32Array
}

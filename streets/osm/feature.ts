import type { LngLat } from '@hexhail/protocol/geo.ts'

/** OpenStreetMap tags of one element. */
export type Tags = Readonly<Record<string, string>>

/** A node that means something by itself. */
export interface PointFeature {
  readonly kind: 'point'
  readonly id: number
  readonly tags: Tags
  readonly at: LngLat
}

/** A line in the order it was drawn. Ways that meet share equal coordinates: that is how streets are joined. */
export interface WayFeature {
  readonly kind: 'way'
  readonly id: number
  readonly tags: Tags
  readonly line: readonly LngLat[]
}

/** An area; the first ring is the outline, the others are holes, each closed by a repeated first place. */
export interface AreaFeature {
  readonly kind: 'area'
  readonly id: number
  readonly tags: Tags
  readonly rings: readonly (readonly LngLat[])[]
}

/**
 * A turn that is forbidden (`only` false) or the single one allowed (`only` true), at a node or over whole ways
 * between (in any order); ways by id.
 */
export interface TurnFeature {
  readonly kind: 'turn'
  readonly id: number
  readonly only: boolean
  readonly fromWay: number
  readonly via: LngLat | { readonly ways: readonly number[] }
  readonly toWay: number
  /** The rule holds at some hours only. */
  readonly conditional?: boolean
}

/** What every reader gives, whatever the file was. */
export type Feature = PointFeature | WayFeature | AreaFeature | TurnFeature

/** A place as `[longitude, latitude]` in degrees (WGS 84). */
export type LngLat = readonly [lng: number, lat: number]

/** Radius of the sphere that all great-circle lengths here use, metres. */
export const EARTH_RADIUS_M = 6_371_008.8

/** Great-circle length between two places, metres. */
export function greatCircleM(a: LngLat, b: LngLat): number {
  const rad = Math.PI / 180
  const dLat = (b[1] - a[1]) * rad
  const dLng = (b[0] - a[0]) * rad
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a[1] * rad) * Math.cos(b[1] * rad) * Math.sin(dLng / 2) ** 2
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Compass bearing from one place to another, degrees in 0..360, 0 = north. */
export function bearingDeg(a: LngLat, b: LngLat): number {
  const rad = Math.PI / 180
  const dLng = (b[0] - a[0]) * rad
  const y = Math.sin(dLng) * Math.cos(b[1] * rad)
  const x =
    Math.cos(a[1] * rad) * Math.sin(b[1] * rad) - Math.sin(a[1] * rad) * Math.cos(b[1] * rad) * Math.cos(dLng)
  return (Math.atan2(y, x) / rad + 360) % 360
}

/** Degrees in the wire's whole units of 1e-7 degree (1.1 cm). */
export const e7 = (degrees: number): number => Math.round(degrees * 1e7)

/** A place as the wire carries it, so that both sides count the same cell from it. */
export const atE7 = ([lng, lat]: LngLat): LngLat => [e7(lng) / 1e7, e7(lat) / 1e7]

/** The place so many metres east and north of another; for distances inside a city. */
export function shifted(place: LngLat, eastM: number, northM: number): LngLat {
  const metresPerDeg = (EARTH_RADIUS_M * Math.PI) / 180
  const shrink = Math.cos((place[1] * Math.PI) / 180)
  return [place[0] + eastM / (metresPerDeg * shrink), place[1] + northM / metresPerDeg]
}

import type { LngLat } from '@hexhail/protocol/geo.ts'
import { cellToLatLng } from 'h3-js'

/** 0x and the hex of `size` bytes. */
export const hexAt = (bytes: Uint8Array, at: number, size: number): string =>
  `0x${Buffer.from(bytes.buffer, bytes.byteOffset + at, size).toString('hex')}`

/** A field of RFC 4180; one that a spreadsheet would run as a formula is made plain text. */
export function csvField(field: string): string {
  const plain = /^[=+\-@\t\r]/.test(field) ? `'${field}` : field
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** A name of an H3 cell out of its halves; empty for none. */
export const cellText = (low: number, high: number): string =>
  low === 0 && high === 0 ? '' : high.toString(16) + low.toString(16).padStart(8, '0')

/** Middles of cells, remembered. */
export function createCellMiddles(): (cell: string) => LngLat {
  const known = new Map<string, LngLat>()
  return cell => {
    const there = known.get(cell)
    if (there) return there
    const [lat, lng] = cellToLatLng(cell)
    const middle: LngLat = [lng, lat]
    known.set(cell, middle)
    return middle
  }
}

const DAY_S = 86_400
const two = Array.from({ length: 100 }, (_, n) => (n < 10 ? `0${n}` : String(n)))
const days = new Map<number, string>()

/** `2026-11-23T15:48:16` of unix seconds that a zone's offset was added to, or of UTC. */
export function momentText(seconds: number): string {
  const whole = Math.floor(seconds)
  const day = Math.floor(whole / DAY_S)
  let date = days.get(day)
  if (date === undefined) days.set(day, (date = new Date(day * DAY_S * 1_000).toISOString().slice(0, 10)))
  const s = whole - day * DAY_S
  return `${date}T${two[Math.floor(s / 3_600)]}:${two[Math.floor(s / 60) % 60]}:${two[s % 60]}`
}

/** The day of unix seconds. */
export const dayText = (seconds: number): string => momentText(seconds).slice(0, 10)

/** Unix seconds to those of a zone's clock on the wall. */
export type ToLocal = (seconds: number) => number

/** The wall clock of an IANA zone. @throws {RangeError} for a zone that is none */
export function localClock(zone: string): ToLocal {
  if (zone === 'UTC') return seconds => seconds
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  const offsets = new Map<number, number>()
  return seconds => {
    const hour = Math.floor(seconds / 900)
    let offset = offsets.get(hour)
    if (offset === undefined) {
      const name =
        format.formatToParts(hour * 900_000).find(part => part.type === 'timeZoneName')?.value ?? ''
      const [, sign, h = '0', m = '0'] = /GMT([+-])(\d\d):?(\d\d)?/.exec(name) ?? []
      offset = (sign === '-' ? -60 : 60) * (Number(h) * 60 + Number(m))
      offsets.set(hour, offset)
    }
    return seconds + offset
  }
}

import type { ServiceTable } from './timetable.ts'
import type { SourceService } from './timetable-source.ts'

/** The days of services as bits; days outside of 0 … `days` - 1 are left out. */
export function serviceTable(services: readonly SourceService[], days: number): ServiceTable {
  const words = Math.ceil(days / 32)
  const bits = new Uint32Array(services.length * words)
  services.forEach((service, index) => {
    for (const day of service.days)
      if (day >= 0 && day < days) bits[index * words + (day >> 5)]! |= 1 << (day & 31)
  })
  return { id: services.map(service => service.id), words, bits }
}

/** Whether two services ever run on one day; each pair is looked at once. */
export function shareDays({ id, words, bits }: ServiceTable): (a: number, b: number) => boolean {
  const known = new Map<number, boolean>()
  return (a, b) => {
    if (a === b) return true
    const key = Math.min(a, b) * id.length + Math.max(a, b)
    let shared = known.get(key)
    if (shared === undefined) {
      shared = false
      for (let word = 0; word < words && !shared; word++)
        shared = (bits[a * words + word]! & bits[b * words + word]!) !== 0
      known.set(key, shared)
    }
    return shared
  }
}

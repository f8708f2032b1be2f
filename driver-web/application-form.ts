import type { Application } from '@hexhail/permits/application.ts'
import type { Propulsion, VehicleClaims } from '@hexhail/permits/vct.ts'
import { clipText } from '@hexhail/protocol/clip-text.ts'
import type { Profile } from './profile.ts'

/** What the driver types beside the profile. */
export interface Papers {
  readonly licence: string
  readonly make: string
  readonly model: string
  readonly colour: string
  readonly propulsion: Propulsion
  /** Last days, `YYYY-MM-DD`. */
  readonly inspection: string
  readonly insurance: string
  /** base64url of the small portrait; empty without one. */
  readonly photo: string
}

const MAX = { licence: 40, make: 24, model: 24, colour: 24 } as const
const YEAR_MS = 365 * 86_400_000

/** Papers as far as the profile tells them; the demo's authority looks at none, so its form comes filled in. */
export function papersFrom({ text }: Profile, demo: boolean, nowMs: number): Papers {
  const [car = '', colour = ''] = text.split(',').map(part => part.trim())
  const [make = '', ...model] = car.split(/\s+/)
  const day = demo ? new Date(nowMs + YEAR_MS).toISOString().slice(0, 10) : ''
  return {
    licence: demo ? 'DEMO-0001' : '',
    make,
    model: model.join(' ') || (demo ? make : ''),
    colour: colour || (demo ? '?' : ''),
    propulsion: 'combustion',
    inspection: day,
    insurance: day,
    photo: '',
  }
}

/** Names of the fields that are empty, or of papers that have run out. */
export function faultsOf(papers: Papers, nowMs: number): ReadonlySet<keyof Papers> {
  const faults = new Set<keyof Papers>()
  for (const key of Object.keys(MAX) as (keyof typeof MAX)[]) if (papers[key].trim() === '') faults.add(key)
  const today = new Date(nowMs).toISOString().slice(0, 10)
  for (const key of ['inspection', 'insurance'] as const)
    if (!/^\d{4}-\d\d-\d\d$/.test(papers[key]) || papers[key] < today) faults.add(key)
  return faults
}

/** The application that profile and papers make. */
export function applicationOf(profile: Profile, papers: Papers): Application {
  const { licence, make, model, colour, propulsion, inspection, insurance, photo } = papers
  const clip = (text: string, most: number) => clipText(text.trim(), most)
  const car: VehicleClaims = {
    plate: clip(profile.plate, 16),
    make: clip(make, MAX.make),
    model: clip(model, MAX.model),
    colour: clip(colour, MAX.colour),
    seats: profile.seats,
    wheelchair: (profile.needs & 1) !== 0,
    propulsion,
    inspection,
    insurance,
  }
  return { name: clip(profile.name, 32), licence: clip(licence, MAX.licence), photo, car }
}

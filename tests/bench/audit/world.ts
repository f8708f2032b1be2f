import { createHash } from 'node:crypto'
import type {
  Books,
  ConcessionSpan,
  Lease,
  LeaseShare,
  PermitSpan,
  TariffEntry,
  VehicleSpan,
  VoidNumber,
} from '@hexhail/audit/checks/books.ts'
import { DEMO_DOCUMENT, demoTariff } from '@hexhail/chain/demo-tariff.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { chainTariff } from '@hexhail/protocol/tariff-chain.ts'
import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { gridDisk, latLngToCell } from 'h3-js'
import { GOLDEN } from '../../vectors/tariffs/documents.ts'

/** First moment of the month that is audited, unix seconds: Sunday 2026-11-01, UTC. */
export const MONTH_S = Date.UTC(2026, 10, 1) / 1_000
/** Days that trips are made for. */
export const DAYS = 28
/** When version 1 of the city's tariff ends. */
const CHANGE_S = MONTH_S + 14 * 86_400

/** 32 bytes for a name: the world's accounts, credentials and salts. */
export const named = (name: string): Buffer => createHash('sha256').update(name).digest()
export const hexOf = (bytes: Uint8Array): Hex => `0x${Buffer.from(bytes).toString('hex')}`
export const account = (name: string): Hex => hexOf(named(name).subarray(0, 20))

const MONTEVIDEO: LngLat = [-56.17, -34.89]
const NEW_YORK: LngLat = [-73.97, 40.74]
const zone = (id: string, [lng, lat]: LngLat, rings: number) => ({
  id,
  name: id,
  cells: gridDisk(latLngToCell(lat, lng, 8), rings),
  pickup: 0,
  dropoff: 0,
  through: 0,
  multBp: 10_000,
  beneficiary: 'City',
})

/** D meter with zones, a levy on top, access, a floor a trip, hours, concessions and caps. */
const city = (version: number, perKm: number): TariffDocument => ({
  ...DEMO_DOCUMENT,
  id: 'city',
  version,
  validFrom: version === 1 ? MONTH_S - 86_400 * 60 : CHANGE_S,
  validTo: version === 1 ? CHANGE_S : 0,
  classes: [
    { ...DEMO_DOCUMENT.classes[0]!, perKm },
    { ...DEMO_DOCUMENT.classes[0]!, id: 'wav', name: 'Accessible car', perKm, isWav: true },
  ],
  zones: [
    { ...zone('centre', [-56.19, -34.905], 2), pickup: 40, dropoff: 40, through: 25 },
    { ...zone('airport', [-56.03, -34.83], 1), pickup: 150, dropoff: 60 },
  ],
  levies: [
    ...DEMO_DOCUMENT.levies,
    {
      ...DEMO_DOCUMENT.levies[0]!,
      id: 'clean-air',
      payer: 'rider',
      amount: 12,
      bp: 0,
      where: { zones: ['centre'], at: 'touch' },
      propulsion: ['combustion'],
    },
  ],
  access: { ...DEMO_DOCUMENT.access, perTrip: 10 },
  upfront: { ...DEMO_DOCUMENT.upfront, toleranceBp: 0 },
  concessions: [
    {
      id: 'student',
      vct: 'https://hexhail.example/concession',
      category: 'student',
      bp: 3_000,
      most: 200,
      borneBy: 'authority',
    },
  ],
  caps: { day: 2_500, week: 9_000 },
  needsPermit: true,
})

/** D meter with a floor of the week. */
const suburb: TariffDocument = {
  ...DEMO_DOCUMENT,
  id: 'suburb',
  validFrom: MONTH_S - 86_400 * 60,
  wage: { per: 'week', perKm: 45, perMin: 9, wavPerKm: 60 },
  hours: { limitS: 0, windowS: 0 },
}

/** A town where trips are driven: its tariff by the moment, and where it is. */
export interface Town {
  readonly name: string
  readonly centre: LngLat
  readonly authority: Hex
  readonly share: number
  tariffAt(unixS: number): TariffEntry
}

const authority = (name: string): Hex => account(`authority ${name}`)
const entry = (id: number, name: string, document: TariffDocument | null): TariffEntry => ({
  id,
  tariff: document
    ? chainTariff(document, document.classes[0]!.id, authority(name))
    : { ...demoTariff(authority(name)), document: `0x${'00'.repeat(32)}` },
  document,
  endsAtS: document?.validTo ?? 0,
})

export const OLD = entry(0x80000001, 'city', city(1, 95))
const NEW = entry(0x80000002, 'city', city(2, 98))
const SUBURB = entry(3, 'suburb', suburb)
const TAXI = entry(4, 'taxi', { ...GOLDEN.nyc, wage: DEMO_DOCUMENT.wage })
const PLAIN = entry(5, 'plain', null)

/** Four authorities: a D tariff in two versions, one with a weekly floor, an S tariff, and one with no document. */
export const TOWNS: readonly Town[] = [
  {
    name: 'city',
    centre: MONTEVIDEO,
    authority: authority('city'),
    share: 0.55,
    tariffAt: s => (s < CHANGE_S ? OLD : NEW),
  },
  {
    name: 'suburb',
    centre: [-56.0, -34.75],
    authority: authority('suburb'),
    share: 0.15,
    tariffAt: () => SUBURB,
  },
  { name: 'taxi', centre: NEW_YORK, authority: authority('taxi'), share: 0.15, tariffAt: () => TAXI },
  {
    name: 'plain',
    centre: [-58.4, -34.6],
    authority: authority('plain'),
    share: 0.15,
    tariffAt: () => PLAIN,
  },
]

/** What the world's registers say; the maker of trips adds to it. */
export interface Registers {
  readonly permits: PermitSpan[]
  readonly vehicles: VehicleSpan[]
  readonly concessions: ConcessionSpan[]
  readonly voids: VoidNumber[]
  readonly leases: { readonly terms: Lease[]; readonly shares: LeaseShare[] }
}

export const emptyRegisters = (): Registers => ({
  permits: [],
  vehicles: [],
  concessions: [],
  voids: [],
  leases: { terms: [], shares: [] },
})

/** The auditor's books of this world. */
export const booksOf = (registers: Registers): Books => ({
  nowS: MONTH_S + (DAYS + 7) * 86_400,
  filingS: 72 * 3_600,
  fastestMps: 90,
  tariffs: [OLD, NEW, SUBURB, TAXI, PLAIN],
  ...registers,
  openTrips: [],
  matches: null,
  requests: null,
  equivocations: null,
  lateInclusions: null,
  exportFaults: null,
})

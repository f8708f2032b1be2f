/** The golden tariffs beside the demo's: the New York way of a taxi meter, and the buses and trains of Porto Alegre. */
import { DEMO_DOCUMENT } from '@hexhail/chain/demo-tariff.ts'
import { MONTEVIDEO_DOCUMENT } from '@hexhail/chain/montevideo-tariff.ts'
import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import { gridDisk, gridRing, latLngToCell } from 'h3-js'

const WEEK = [1, 2, 3, 4, 5, 6, 7]
const WORKDAYS = [1, 2, 3, 4, 5]

/** Midtown and below as a patch of res-8 cells: an example's zone, not the street line of 96th Street. */
const CORE = gridDisk(latLngToCell(40.7484, -73.9857, 8), 3).sort()
/** Kennedy airport's terminals. */
const AIRPORT = gridDisk(latLngToCell(40.6446, -73.7838, 8), 1).sort()
/** A gantry on the border of the core, as an edge pair of res-9 cells. */
const TUNNEL = latLngToCell(40.7448, -73.965, 9)
const TUNNEL_IN = gridRing(TUNNEL, 1)[0]!

const levy = (
  id: string,
  beneficiary: string,
  amount: number,
  more: Partial<TariffDocument['levies'][number]> = {},
): TariffDocument['levies'][number] => ({
  id,
  beneficiary,
  payer: 'rider',
  amount,
  bp: 0,
  when: [],
  where: { zones: [], at: 'touch' },
  propulsion: [],
  ...more,
})

/** S meter: flag, steps of a fifth of a mile or a minute of slow driving, night, rush hour, congestion, airport, tunnel. */
const NYC: TariffDocument = {
  ...DEMO_DOCUMENT,
  id: 'nyc-taxi',
  title: 'Street-hail taxi, New York style (rates of December 2022)',
  jurisdiction: 'New York style (example)',
  validFrom: 1_767_243_600,
  validTo: 1_798_779_600,
  clock: {
    tz: 'America/New_York',
    offsets: [
      { fromS: 1_762_063_200, minutes: -300 },
      { fromS: 1_772_953_200, minutes: -240 },
      { fromS: 1_793_512_800, minutes: -300 },
    ],
  },
  holidays: ['2026-01-01', '2026-01-19', '2026-05-25', '2026-07-03', '2026-09-07', '2026-11-26', '2026-12-25'],
  meter: 'S',
  classes: [
    {
      ...DEMO_DOCUMENT.classes[0]!,
      id: 'taxi',
      name: 'Yellow taxi',
      flag: 300,
      minimum: 0,
      perKm: 0,
      perMin: 0,
      unit: { metres: 322, secs: 60, amount: 70, counts: 'begun' },
      changeoverMh: 19_312,
      waitPerMin: 70,
      freeWaitS: 0,
      pooledBp: 10_000,
    },
    {
      ...DEMO_DOCUMENT.classes[0]!,
      id: 'taxi-wav',
      name: 'Wheelchair-accessible taxi',
      flag: 300,
      minimum: 0,
      perKm: 0,
      perMin: 0,
      unit: { metres: 322, secs: 60, amount: 70, counts: 'begun' },
      changeoverMh: 19_312,
      waitPerMin: 70,
      freeWaitS: 0,
      pooledBp: 10_000,
      isWav: true,
    },
  ],
  periods: [],
  zones: [
    {
      id: 'core',
      name: 'Manhattan core',
      cells: CORE,
      pickup: 0,
      dropoff: 0,
      through: 0,
      multBp: 10_000,
      beneficiary: 'State of New York',
    },
    {
      id: 'airport',
      name: 'Kennedy airport',
      cells: AIRPORT,
      pickup: 175,
      dropoff: 0,
      through: 0,
      multBp: 10_000,
      beneficiary: 'Port Authority',
    },
  ],
  levies: [
    levy('mta', 'Metropolitan Transportation Authority', 50),
    levy('improvement', 'Taxi improvement fund', 100),
    levy('night', 'Driver', 100, { when: [{ days: WEEK, fromMin: 1_200, toMin: 360, holidays: 'any' }] }),
    levy('rush', 'Driver', 250, { when: [{ days: WORKDAYS, fromMin: 960, toMin: 1_200, holidays: 'never' }] }),
    levy('congestion', 'State of New York', 250, {
      where: { zones: ['core'], at: 'touch' },
    }),
    levy('clean-air', 'City of New York', 25, {
      where: { zones: ['core'], at: 'touch' },
      propulsion: ['combustion', 'combustion_diesel'],
    }),
  ],
  tolls: [
    {
      id: 'tunnel',
      name: 'Midtown tunnel',
      gantries: [{ from: TUNNEL, to: TUNNEL_IN }],
      amount: 694,
      beneficiary: 'Bridges and Tunnels',
    },
  ],
  chargesMost: 2_500,
  access: { perTrip: 10, beneficiary: 'Accessibility fund', wavNoExtra: true },
  upfront: { isAllowed: false, toleranceBp: 0, minBp: 10_000, maxBp: 10_000 },
  wage: { per: 'week', perKm: 85, perMin: 58, wavPerKm: 109 },
  cancel: { ...DEMO_DOCUMENT.cancel, min: 0, max: 500, noShowFee: 500 },
  needsPermit: true,
}

const SERVICE: TariffDocument['classes'][number] = {
  ...DEMO_DOCUMENT.classes[0]!,
  minimum: 0,
  perKm: 0,
  perMin: 0,
  waitPerMin: 0,
  freeWaitS: 0,
  pooledBp: 10_000,
  isWav: true,
}

/** Flat fares with changes, concessions and caps. Fares and changes are the city's; the caps are an example. */
const POA: TariffDocument = {
  ...DEMO_DOCUMENT,
  id: 'poa-transit',
  title: 'Buses and trains of Porto Alegre',
  jurisdiction: 'Porto Alegre (example)',
  validFrom: 1_767_236_400,
  currency: 'BRL',
  clock: { tz: 'America/Sao_Paulo', offsets: [{ fromS: 1_550_368_800, minutes: -180 }] },
  classes: [
    { ...SERVICE, id: 'bus', name: 'Bus', flag: 480 },
    { ...SERVICE, id: 'rail', name: 'Train', flag: 450 },
  ],
  periods: [],
  levies: [],
  access: { perTrip: 0, beneficiary: 'City', wavNoExtra: true },
  upfront: { isAllowed: false, toleranceBp: 0, minBp: 10_000, maxBp: 10_000 },
  wage: { per: 'none', perKm: 0, perMin: 0, wavPerKm: 0 },
  hours: { limitS: 0, windowS: 0 },
  concessions: [
    { id: 'student', vct: 'https://hexhail.example/concession', category: 'student', bp: 5_000, most: 0, borneBy: 'authority' },
    { id: 'senior', vct: 'https://hexhail.example/concession', category: 'senior', bp: 10_000, most: 0, borneBy: 'authority' },
  ],
  caps: { day: 1_900, week: 8_000 },
  transfers: [
    { from: 'bus', to: 'bus', windowS: 3_600, discount: 240, most: 1 },
    { from: 'rail', to: 'bus', windowS: 3_600, discount: 93, most: 1 },
    { from: 'bus', to: 'rail', windowS: 3_600, discount: 93, most: 1 },
  ],
  cancel: { ...DEMO_DOCUMENT.cancel, perKm: 0, perMin: 0, bp: 0, min: 0, max: 0, noShowFee: 0 },
  rounding: { step: 1, mode: 'half-up' },
}

/** All of them by the name of their file. */
export const GOLDEN: Readonly<Record<'demo' | 'montevideo' | 'nyc' | 'poa', TariffDocument>> = {
  demo: DEMO_DOCUMENT,
  montevideo: MONTEVIDEO_DOCUMENT,
  nyc: NYC,
  poa: POA,
}

/** Places that the golden trips use. */
export const PLACES = { core: CORE, airport: AIRPORT, carrasco: MONTEVIDEO_DOCUMENT.zones[0]!.cells, tunnel: [TUNNEL, TUNNEL_IN] } as const

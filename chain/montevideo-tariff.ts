import type { Tariff } from '@hexhail/protocol/tariff.ts'
import { chainTariff } from '@hexhail/protocol/tariff-chain.ts'
import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { DEMO_DOCUMENT } from './demo-tariff.ts'

/** Carrasco airport: its terminal and the cells around it (H3, resolution 8). */
const AIRPORT = [
  ...['88c2f14209fffff', '88c2f1420bfffff', '88c2f14243fffff', '88c2f14251fffff'],
  ...['88c2f14255fffff', '88c2f14257fffff', '88c2f1425dfffff'],
]

/** The credential that the office issues (permits/vct.ts), and who pays for what is taken off. */
const CONCESSION = { vct: 'urn:hexhail:concession:1', borneBy: 'authority' } as const

/**
 * The tariff document that `npm start` runs by: the demo's prices, dearer at night, a charge at the airport, less for students and seniors, and the vault
 * holds for drivers with a permit alone.
 */
export const MONTEVIDEO_DOCUMENT: TariffDocument = {
  ...DEMO_DOCUMENT,
  id: 'montevideo',
  title: 'Montevideo: cars hailed by app',
  zones: [
    {
      ...{ id: 'airport', name: 'Aeropuerto de Carrasco', cells: AIRPORT, multBp: 10_000 },
      ...{ pickup: 150, dropoff: 80, through: 0, beneficiary: 'Aeropuertos' },
    },
  ],
  chargesMost: 500,
  concessions: [
    { ...{ id: 'student', category: 'student', bp: 2_500, most: 150 }, ...CONCESSION },
    { ...{ id: 'senior', category: 'senior', bp: 4_000, most: 250 }, ...CONCESSION },
  ],
  needsPermit: true,
}

/** The price list of that document as the chain has it, by its authority. */
export const montevideoTariff = (authority: Hex): Tariff => chainTariff(MONTEVIDEO_DOCUMENT, 'car', authority)

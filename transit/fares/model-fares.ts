import { type FareTable, FIRST_AND_TRANSFER } from './fare-table.ts'

/**
 * Fares for lines whose prices nobody published: one ride, one free change within the hour, half for students and a third
 * off for seniors, four rides the most in a day and twenty in a week. Made up, like the times beside them
 * (`TimetableInfo.modelled`), in the currency of the demo's tariff.
 */
export function modelFares(routes: number): FareTable {
  const row = (category: string, amount: number) => ({ id: 'hour', name: 'Bus, 1 h', category, amount })
  return {
    ...{ currency: 'USD', digits: 2 },
    categories: [
      { id: 'adult', name: 'Adult', isDefault: true },
      { id: 'student', name: 'Student', isDefault: false },
      { id: 'senior', name: 'Senior', isDefault: false },
    ],
    products: [row('adult', 120), row('student', 60), row('senior', 80)],
    rules: [
      {
        ...{ group: 'bus', networks: null, from: null, to: null, fromFrame: '', toFrame: '' },
        ...{ product: 'hour', priority: 0 },
      },
    ],
    transfers: [
      {
        ...{ from: ['bus'], to: ['bus'], count: 1, windowS: 3600, windowType: 1 },
        ...{ type: FIRST_AND_TRANSFER, product: '' },
      },
    ],
    ...{ frames: [], networks: Array.from({ length: routes }, () => ''), areas: [] },
    caps: { day: 480, week: 2400 },
  }
}

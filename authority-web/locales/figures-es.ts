import type { figuresEn } from './figures-en.ts'

/** The Spanish texts of the treasury and the open figures. */
export const figuresEs: { readonly [K in keyof typeof figuresEn]: string } = {
  treasury: 'Tesorería',
  treasuryTitle: 'Tesorería',
  treasuryWhy: 'La tasa que dejan los viajes liquidados y otros pagos, cada cifra con lo que la respalda.',
  levyDue: 'Tasa debida',
  levyWaiting: 'Espera en la cadena',
  levyCollected: 'Cobrada',
  levyWeek: 'Semana (UTC)',
  levyOfTrips: 'Tasa de viajes',
  others: 'Otros pagos',
  levyOfOthers: 'Tasa de ellos',
  levyByWeek: 'Tasa por semana',
  levyPots: 'Tasa por tarifa',
  levyPotsWhy:
    '«Espera» es lo que la bóveda en la cadena dice tener para la tarifa. Cobrada es la debida menos la que espera.',
  levyUnexplained:
    'La cadena tiene más de lo que explican los pagos vistos aquí. Espere a que se lean todos los bloques y pregunte de nuevo.',
  levyOthers: 'Reclamos, cancelaciones y disputas que pagaron',
  levyProveWeek: 'Probarlo: los viajes liquidados de {week}, tarifa {n}',
  levyProvePot: 'Volver a preguntar a la cadena: la tasa de la tarifa {n}',
}

/** The English texts of the treasury and the open figures. */
export const figuresEn = {
  treasury: 'Treasury',
  treasuryTitle: 'Treasury',
  treasuryWhy: 'The levy that settlements and other payments bring, each figure with what stands behind it.',
  levyDue: 'Levy due',
  levyWaiting: 'Waiting on the chain',
  levyCollected: 'Collected',
  levyWeek: 'Week (UTC)',
  levyOfTrips: 'Levy of trips',
  others: 'Other payments',
  levyOfOthers: 'Levy of those',
  levyByWeek: 'Levy by week',
  levyPots: 'Levy by tariff',
  levyPotsWhy:
    '«Waiting» is what the vault on the chain says it holds for the tariff. Collected is what is due less what waits.',
  levyUnexplained:
    'The chain holds more than the payments seen here explain. Wait until all blocks are read, then ask again.',
  levyOthers: 'Claims, cancels and disputes that paid',
  levyProveWeek: 'Prove it: the settlements of {week}, tariff {n}',
  levyProvePot: 'Ask the chain again: the levy of tariff {n}',
} as const

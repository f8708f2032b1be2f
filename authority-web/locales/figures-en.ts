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
  otherPays: 'Other payments',
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
  publish: 'Publish',
  publishTitle: 'Open figures',
  publishWhy:
    'What a release would tell, worked out on this page from the opened records. Nothing is released here, and these exact counts are for the authority alone.',
  publishWhat: 'Figures',
  cube_flows: 'Where people go',
  cube_hours: 'When they set out',
  cube_fares: 'What rides cost',
  publishMonth: 'Month',
  publishWeek: 'Week',
  publishTrips: 'Trips with a record',
  publishRows: 'Rows',
  publishCoarser: 'In coarser rows',
  publishKept: 'In no area',
  publishBeyond:
    '{n, plural, one {One trip does} other {# trips do}} not count: the same rider has others in it.',
  publishFew: 'Fewer than {k} riders: no row would be published',
  publishPreview: 'Rows of the release, before noise',
  publishLevel: 'Level',
  publishHour: 'Hour of the week',
  publishWhole: 'Everywhere',
  publishGuard: 'What protects riders',
  guardGroup: 'No row has fewer than {k} riders.',
  guardCoarser:
    'Smaller groups move to a larger area or a longer time, and the last of them into a row that names no place.',
  guardBound: 'A rider counts with a few trips only, so nobody who rides often stands out.',
  guardNoise:
    'Each figure gets noise (epsilon {epsilon} a release, at most {budget} a month or week). What was released once is never made anew.',
  publishHow: 'How to publish',
  publishHowText:
    'Run this on the audit node. It draws the noise, writes the files and enters the release in the ledger of epsilon.',
} as const

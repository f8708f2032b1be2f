/** The English texts of the treasury and the open figures. */
export const figuresEn = {
  treasury: 'Treasury',
  treasuryTitle: 'Treasury',
  treasuryWhy: 'The levy that settlements and other payments bring, each figure with what stands behind it.',
  levyDue: 'Levy due',
  levyWaiting: 'Waiting on the chain',
  levyCollected: 'Collected',
  proveDue:
    'The field «levy» of each settlement, and the tariff’s share of each claim, cancel and dispute that paid, added up.',
  proveWaiting: 'What the vault on the chain says it holds for each tariff of this authority, added up.',
  proveCollected: 'The levy due, as the events say, less what the vault holds when it is worked out.',
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
  provePublishTrips: 'Settlements of the period whose record is opened here and whose ride began.',
  provePublishRows:
    'Groups of at least that many riders, worked out anew from the records of these settlements; no noise is in them.',
  provePublishCoarser: 'The share of the trips that count whose row is not of the finest kind.',
  provePublishKept:
    'The share of the trips that count that are told in the row of the whole alone, or in none.',
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
  releases: 'Privacy spent so far, by release',
  releasesWhy:
    'Each release spends some of its period’s privacy, and none is made twice. The sha256 of a published file must be the one in its row; the release stands in the public log too, signed, where it was told to it.',
  proveReleases:
    'Releases that the authority signed into the public log, each with its file’s sha256, its epsilon and the sum of all before it.',
  proveEpsilon:
    'Added up from the releases that stand in the public log; the sum in each must be that of all before it, so none was left out before.',
  releaseLeaf: 'Leaf of the log',
  releaseUntold: 'Not told to it',
  releasesNone: 'Nothing was released yet: all privacy is left.',
  releasesAway: 'The audit node does not say what was released.',
  releasesHidden:
    '{n, plural, one {The public log has a release} other {The public log has # releases}} that the audit node does not list: {files}',
  releasesWithheld:
    'The log keeps back {n, plural, one {an entry} other {# entries}} of the tree that it signed: what is released may stand there.',
  releaseCount: 'Releases',
  releaseWhat: 'Figures',
  releasePeriod: 'Period',
  releaseEpsilon: 'Epsilon',
  releaseLeft: 'Left of the period',
  epsilonSpent: 'Epsilon spent',
  releaseFile: 'sha256 of the file',
  publishHow: 'How to publish',
  publishHowText:
    'Run this on the audit node. It draws the noise, writes the files and enters the release in the ledger of epsilon.',
} as const

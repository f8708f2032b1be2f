/** What lint says, in plain English with the remedy; `{…}` are the finding's data. Spanish is in authority-web/locales. */
export const LINT_WORDS = {
  shapeInt: 'Here stands {found}: write a whole number from {min} to {max}.',
  shapeFlag: 'Here stands {found}: write true or false.',
  shapeHash: 'Here stands {found}: write 0x and 64 digits of 0–9 and a–f.',
  shapeOneOf: 'Here stands {found}: write one of {values}.',
  shapeList: 'Here stands {found}: write a list of at most {max}.',
  shapeObject: 'Here stands {found}: this is to be an object.',
  shapeStrange: '«{found}» is no field of a tariff: remove it.',
  shapeName: 'Here stands {found}: write a short name of a–z, 0–9 and -.',
  shapeWords: 'Here stands {found}: write a text of 1 to 120 characters on one line.',
  shapeCell: 'Here stands {found}: write an H3 cell, 15 digits of 0–9 and a–f.',
  shapeCurrency: 'Here stands {found}: write three capital letters (ISO 4217).',
  shapeZoneName: 'Here stands {found}: write a time zone as America/Montevideo.',
  shapeDateForm: 'Here stands {found}: write a date as 2026-12-25.',
  lintTwice: '«{id}» is there twice: give each its own name.',
  lintUnknown: '«{id}» is not in this tariff: correct the name, or add it.',
  lintNoClass: 'Nothing can be hailed: add a class.',
  lintDates: 'It ends before it begins: set the end later, or to 0 for no end.',
  lintPrev:
    'Version {version} and the version before do not go together: version 1 names none, each later one names the one before.',
  lintDate: '{date} is no day of the calendar: correct it.',
  lintHolidaysMissing:
    'This counts on holidays only, and the tariff lists none: add the days, or let it count always.',
  lintOffsetsOrder:
    'The clock’s offsets must be in order of time, the first before the tariff begins: sort them.',
  lintOffset: 'On {date} the clock of {tz} is {wanted} minutes from UTC, here {found}: correct the offsets.',
  lintZone: 'No clock of «{tz}» is known: write it as America/Montevideo.',
  lintPeriodOverlap:
    '«{id}» and «{other}» both cover {day} {time}: only the first would count, so end one where the other begins.',
  lintPeriodGap:
    'Between «{id}» and «{other}» {minutes} minutes are left out, {day} from {time}: close the gap.',
  lintPeriodNever: '«{id}» covers no minute of any day: choose its days, or remove it.',
  lintSectionIdle: 'The rate beyond is never reached: set from how many metres it counts, or 0 for the rate.',
  lintSectionFar: 'The rate beyond begins after {km} km, further than any ride: correct the metres.',
  lintSectionSame: 'Beyond the section a kilometre costs the same: remove the section, or change the rate.',
  lintFree: 'A ride costs nothing: set a flag, a rate or a minimum.',
  lintMinimumIdle: 'The minimum is never above the flag, so it never counts: raise it, or set it to 0.',
  lintChangeoverNone:
    'An S meter needs the speed at which it changes from time to distance: set it, {wanted} metres an hour by these rates.',
  lintChangeoverIdle: 'A D meter counts time and distance always: set the changeover speed to 0.',
  lintChangeoverOff:
    'At the changeover speed the price jumps, so a longer ride can cost less: {wanted} metres an hour is where both rates meet.',
  lintTimeFree: 'An S meter that stands still counts nothing: set a price of time.',
  lintUnitIdle: 'These steps never cost anything: set metres and amount, or all to 0.',
  lintPooled: 'Sharing a ride costs more than riding alone: set at most 10,000.',
  lintWavDearer:
    'A wheelchair-accessible ride costs more than «{other}» ({field}), which this tariff rules out: lower it.',
  lintCellFine: 'Zones are drawn in cells of size 9 or larger: {cell} is finer.',
  lintCellWrong: '{cell} is no H3 cell: correct it.',
  lintCellTwice: '{cell} is in this zone already, by itself or in a larger cell: remove it.',
  lintZoneEmpty: '«{id}» has no cells: draw it, or remove it.',
  lintZoneIdle: '«{id}» charges nothing and no levy names it: give it a charge, or remove it.',
  lintZoneFactors:
    '«{id}» and «{other}» overlap and both change the price: only the first would count, so draw them apart.',
  lintZoneCharges:
    '«{id}» and «{other}» overlap and both charge: trips in both pay twice. Draw them apart if they should not.',
  lintGantry: 'A gantry leads from a cell into its neighbour of the same size: {from} and {to} are none.',
  lintNothingDue: '«{id}» takes nothing: set an amount, or remove it.',
  lintChargesMost:
    'All charges together are bounded by {most}, less than «{id}» alone: raise the bound, or set it to 0.',
  lintLevyOnChain:
    'The vault takes levies out of every fare alike: let the rider pay «{id}» on top, or drop its hours, zones and drives.',
  lintFactor:
    'A factor of {found} comes up, and only {min} to {max} is allowed: it would be cut off. Widen the bounds, or change it.',
  lintCapBelow: 'The cap is below the price of one ride in «{id}»: raise it.',
  lintCapWeek: 'The week’s cap is below the day’s: raise it, or drop the day’s.',
  lintTransferAbove: 'Changing takes off more than «{id}» costs: lower the discount.',
  lintConcessionWage:
    '«{id}» is borne by drivers: where it takes their pay below the wage floor, W1 finds it.',
  lintConcessionIdle: '«{id}» takes nothing off: set its share, or remove it.',
  lintWageHigh:
    'At the lowest factor a driver earns less by the fare than the wage floor ({field}): raise the fare or the factor.',
  lintHours: 'The limit is longer than the span it counts in: shorten it.',
  lintRounding: 'The step and the way of rounding do not go together: set both, or neither.',
  lintChain: 'The contract takes at most {most} for {field}, and «{id}» comes to {found}: lower it.',
} as const

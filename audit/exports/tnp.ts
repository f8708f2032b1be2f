/** Trips as Chicago takes them of transportation network providers: seven CSV files that its 18 tests were run on. */
import { HUNDREDTH } from './hundredths.ts'
import type { OutFiles } from './out-files.ts'
import type { Export } from './run-export.ts'
import { localClock } from './text.ts'
import { TNP_FILES, type TnpFile, tnpHeader } from './tnp-fields.ts'
import { FORMATTED, TNP_MONEY, type TnpNotes } from './tnp-format.ts'
import type { TnpOptions } from './tnp-options.ts'
import { createTnpPeople } from './tnp-people.ts'
import { createTnpTests, type TnpAnswer } from './tnp-tests.ts'

type Money = keyof typeof TNP_MONEY

/** `tnp-trip.csv` and its six companions, and notes with the answers of the tests. */
export const tnp =
  (options: TnpOptions) =>
  (files: OutFiles): Export<TnpNotes> => {
    const out = Object.fromEntries(TNP_FILES.map(file => [file, files.text(`tnp-${file}.csv`)])) as Record<
      TnpFile,
      ReturnType<OutFiles['text']>
    >
    const tests = createTnpTests(options.today)
    const people = createTnpPeople(options, localClock(options.zone))
    const given = new Float64Array(4)
    let rests = new Float64Array(4)
    let trips = 0
    for (const file of TNP_FILES) out[file].write(`${tnpHeader(file)}\r\n`)
    const row = (file: TnpFile, fields: readonly string[]): void => {
      tests.row(file, fields)
      out[file].write(`${fields.join(',')}\r\n`)
    }
    return {
      format: { module: new URL('./tnp-format.ts', import.meta.url).href, options },
      rests: 4,
      appends: { files: FORMATTED.map(file => out[file]), skip: 0 },
      take({ count, notes, rests: after }) {
        trips += count
        for (let k = 0; k < 4; k++) given[k]! += notes.given[k]!
        tests.addWrong(notes.wrong)
        people.take(count, notes.batch)
        rests = after as Float64Array<ArrayBuffer>
      },
      end() {
        people.write(row, tests.addTrips)
        files.text('tnp-notes.txt').write(notes(options, tests.answers()))
        const sum = (...columns: Money[]) =>
          columns.reduce((all, name) => all + BigInt(given[TNP_MONEY[name]]!) * BigInt(HUNDREDTH), 0n)
        const rest = (...columns: Money[]) =>
          columns.reduce((all, name) => all + BigInt(rests[TNP_MONEY[name]]!), 0n)
        return {
          trips,
          sums: { 'fare+wait': sum('fare', 'levy'), levy: sum('levy'), toll: sum('toll'), tip: sum('tip') },
          rest: {
            'fare+wait': rest('fare', 'levy'),
            levy: rest('levy'),
            toll: rest('toll'),
            tip: rest('tip'),
          },
        }
      },
    }
  }

/** What nobody has, and how the tests went. */
function notes({ state, hasLocations }: TnpOptions, answers: readonly TnpAnswer[]): string {
  const blank = [
    'T3, V1: vehicle identification numbers. The permit office registers plates.',
    'T5, T7: census blocks. T16 to T19 have the places, as the manual allows by arrangement.',
    'T28, T29: time and miles inside the city. Records have no border of it.',
    'V7: model year. V11: day of the last inspection; the office knows until when one is valid.',
    'S5, S7: miles of a whole session and who ended it. Records begin when a ride is taken on.',
    'COMP8: what went to a car lease; the lease contract has it on the chain.',
    ...(state === null ? ['T2, D3, S2, V3, V9, COMP2, L2: no state was given (--state).'] : []),
    ...(hasLocations
      ? []
      : ['The location file is empty: --ways writes where each car was, minute by minute.']),
    'All fields of a driver or car whose credential this office did not issue, and all but money, ids and the',
    'settled sums of a trip whose record is not opened.',
  ]
  return [
    'Left blank, since nobody knows it:',
    ...blank.map(line => `  ${line}`),
    'S3 and S4 are the first ride taken on and the last one ended of a shift. T10 and T26 are fare and waiting without',
    'the levy (T12, T21); T13 and T20 are tolls. A cancel fee is a trip without times. Hundredths are carried to the next',
    'row where an amount has more digits, and the last rest stands in the totals.',
    'Tests of the manual:',
    ...answers.map(
      ({ test, says, wrong }) =>
        `  ${String(test).padStart(2)} ${wrong === 0 ? 'passed' : `${wrong} rows fail`}: ${says}`,
    ),
    '',
  ].join('\n')
}

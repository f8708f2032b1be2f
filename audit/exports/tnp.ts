/** Trips as Chicago takes them of transportation network providers: seven CSV files that its 18 tests were run on. */
import { decodeTrace } from '@hexhail/protocol/trace.ts'
import { isZero } from '../checks/byte-read.ts'
import { SETTLED_BYTES } from '../checks/settled-row.ts'
import { FILED } from '../checks/trip-columns.ts'
import { numberOf } from './amount.ts'
import { centsText, createHundredths, HUNDREDTH } from './hundredths.ts'
import { wayOf } from './mds-telemetry.ts'
import type { OutFiles } from './out-files.ts'
import type { Export } from './run-export.ts'
import { hexAt, momentText } from './text.ts'
import { TNP_FILES, type TnpFile, tnpHeader } from './tnp-fields.ts'
import { createTnpPeople, milesText, type TnpOptions } from './tnp-people.ts'
import { createTnpTests, type TnpAnswer } from './tnp-tests.ts'
import type { TripBatch } from './trip-batch.ts'

/** Seconds between two places of a car. */
const LOCATION_S = 60

/** `tnp-trip.csv` and its six companions, and notes with the answers of the tests. */
export const tnp =
  (options: TnpOptions) =>
  (files: OutFiles): Export => {
    const out = Object.fromEntries(TNP_FILES.map(file => [file, files.text(`tnp-${file}.csv`)])) as Record<
      TnpFile,
      ReturnType<OutFiles['text']>
    >
    const tests = createTnpTests(options.today)
    const people = createTnpPeople(options)
    const state = options.state ?? ''
    const money = {
      fare: createHundredths(),
      levy: createHundredths(),
      toll: createHundredths(),
      tip: createHundredths(),
    }
    let trips = 0
    for (const file of TNP_FILES) out[file].write(`${tnpHeader(file)}\r\n`)
    const row = (file: TnpFile, fields: readonly string[]): void => {
      tests.row(file, fields)
      out[file].write(`${fields.join(',')}\r\n`)
    }
    const moment = (seconds: number) => (seconds > 0 ? momentText(options.toLocal(seconds)) : '')
    const place = (e5: number) => (e5 / 1e5).toFixed(4)

    const take = (batch: TripBatch, i: number): void => {
      const { t, settled } = batch
      trips++
      const isOpened = t.filed[i] === FILED.opened
      const isRide = isOpened && t.startedAtS[i]! > 0
      const levyUnits = numberOf(batch, i, 'levy')
      const fareUnits = numberOf(batch, i, 'fare') - levyUnits + numberOf(batch, i, 'wait')
      const fare = money.fare.of(fareUnits)
      const levy = money.levy.of(levyUnits)
      const toll = money.toll.of(numberOf(batch, i, 'toll'))
      const tip = money.tip.of(numberOf(batch, i, 'tip'))
      const person = isOpened ? people.person(t, i) : null
      const licence = person?.licence ?? ''
      const ofState = licence === '' ? '' : state
      const plate = person ? people.plate(t, i, person) : ''
      if (person) {
        person.fares += fare
        person.pay += fare
        person.tips += tip
        people.session(t, i, person)
      }
      const id = hexAt(settled, i * SETTLED_BYTES, 32)
        .slice(2)
        .toUpperCase()
      const alone = !isOpened || isZero(t.journey, 16 * i, 16)
      const group = alone
        ? id
        : hexAt(t.journey, 16 * i, 16)
            .slice(2)
            .toUpperCase()
      const hasPlace = isRide && t.samples[i]! > 0
      const places = [1, 0, 3, 2].map(k => (hasPlace ? place(t.ends[4 * i + k]!) : ''))
      const taxes = centsText(levy)
      const tolls = centsText(toll)
      const paid = centsText(fare)
      row('trip', [
        ...[
          licence,
          ofState,
          '',
          isRide ? moment(t.startedAtS[i]!) : '',
          '',
          isRide ? moment(t.finishedAtS[i]!) : '',
          '',
        ],
        ...[isOpened ? milesText(isRide ? t.metres[i]! : 0) : '', centsText(fare + tip + levy + toll), paid],
        ...[
          centsText(tip),
          taxes,
          tolls,
          isOpened ? yes(t.pooled[i]! & 1) : '',
          group,
          ...places,
          tolls,
          taxes,
        ],
        ...[
          '0.00',
          id,
          isRide ? String(t.passengers[i]) : '',
          isOpened ? moment(t.arrivedAtS[i]!) : '',
          paid,
        ],
        ...[isOpened ? yes(t.pooled[i]! & 2) : '', '', ''],
      ])
      if (!isOpened || t.requestedAtS[i] === 0) return
      const isShared = (t.pooled[i]! & 1) !== 0
      const quote = t.quote[i]! > 0 ? (t.quote[i]! / 1e6).toFixed(2) : ''
      row('trip_request', [
        ...[
          isRide ? id : '',
          '1',
          moment(t.requestedAtS[i]!),
          (t.needs[i]! & 1) !== 0 ? '3' : isShared ? '1' : '2',
        ],
        ...[t.passengers[i]! > 0 ? String(t.passengers[i]) : '', isRide ? '1' : '3'],
        ...(isShared ? ['', quote] : [quote, '']),
      ])
      const record = batch.records[i]
      if (!options.hasLocations || !record) return
      const trace = decodeTrace(wayOf(record))
      if (trace.verdict !== 'accept') return
      let nextS = 0
      for (const { atS, lngE5, latE5 } of trace.value.samples) {
        if (atS < nextS) continue
        nextS = atS + LOCATION_S
        row('location', [licence, ofState, plate, moment(atS), place(latE5), place(lngE5)])
      }
    }
    return {
      hasRecords: options.hasLocations,
      take(batch) {
        for (let i = 0; i < batch.count; i++) take(batch, i)
      },
      end() {
        people.write(row)
        files.text('tnp-notes.txt').write(notes(options, tests.answers()))
        const given = (...columns: (keyof typeof money)[]) =>
          columns.reduce((sum, column) => sum + BigInt(money[column].given) * BigInt(HUNDREDTH), 0n)
        const rest = (...columns: (keyof typeof money)[]) =>
          columns.reduce((sum, column) => sum + BigInt(money[column].rest), 0n)
        return {
          trips,
          sums: {
            'fare+wait': given('fare', 'levy'),
            levy: given('levy'),
            toll: given('toll'),
            tip: given('tip'),
          },
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

const yes = (bit: number): string => (bit === 0 ? 'N' : 'Y')

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

/** The seven files of Chicago's TNP reporting manual, their columns, and what may stand in each. */

/** What a column takes. A list: one of these words. */
export type TnpType = 'text' | 'number' | 'money' | 'moment' | 'day' | 'year' | readonly string[]

const YES_NO = ['Y', 'N'] as const
const PLACE = { latitude: 'number', longitude: 'number' } as const

/** Columns of each file in their order. */
export const TNP_FIELDS = {
  trip: {
    ...{
      T1: 'text',
      T2: 'text',
      T3: 'text',
      T4: 'moment',
      T5: 'number',
      T6: 'moment',
      T7: 'number',
      T8: 'number',
    },
    ...{ T9: 'money', T10: 'money', T11: 'money', T12: 'money', T13: 'money', T14: YES_NO, T15: 'text' },
    ...{ T16: PLACE.latitude, T17: PLACE.longitude, T18: PLACE.latitude, T19: PLACE.longitude },
    ...{ T20: 'money', T21: 'money', T22: 'money', T23: 'text', T24: 'number', T25: 'moment', T26: 'money' },
    ...{ T27: YES_NO, T28: 'number', T29: 'number' },
  },
  driver: { D1: 'text', D2: 'text', D3: 'text', D4: 'day', D5: 'day', D6: ['W2', '1099'], D7: YES_NO },
  session: { S1: 'text', S2: 'text', S3: 'moment', S4: 'moment', S5: 'number', S6: 'number', S7: YES_NO },
  vehicle: {
    ...{ V1: 'text', V2: 'text', V3: 'text', V4: 'text', V5: 'text', V6: 'text', V7: 'year', V8: 'text' },
    ...{ V9: 'text', V10: YES_NO, V11: 'day' },
  },
  compensation: {
    ...{ COMP1: 'text', COMP2: 'text', COMP3: 'money', COMP4: 'money', COMP5: 'money', COMP6: 'money' },
    ...{ COMP7: 'money', COMP8: 'money', COMP9: 'money', COMP10: 'money', COMP11: 'money', COMP12: 'money' },
    ...{ COMP13: 'day', COMP14: 'day' },
  },
  trip_request: {
    ...{ R1: 'text', R2: ['1', '2', '3', '4'], R3: 'moment', R4: ['1', '2', '3'], R5: 'number' },
    ...{ R6: ['1', '2', '3', '4', '5'], R7: 'money', R8: 'money' },
  },
  location: { L1: 'text', L2: 'text', L3: 'text', L4: 'moment', L5: 'number', L6: 'number' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, TnpType>>>>

/** Name of a file. */
export type TnpFile = keyof typeof TNP_FIELDS
/** All of them, in the manual's order. */
export const TNP_FILES = Object.keys(TNP_FIELDS) as readonly TnpFile[]

/** The header of a file. */
export const tnpHeader = (file: TnpFile): string => Object.keys(TNP_FIELDS[file]).join(',')

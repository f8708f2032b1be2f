/** What is wrong with a feed, for programs; `complaintText` has the words. */
export type ComplaintCode = keyof typeof WORDS

/** An error's row (or trip, or rule) is not taken; of a warning's row the value is taken as blank, or as it stands. */
export interface Complaint {
  readonly severity: 'error' | 'warning'
  readonly code: ComplaintCode
  /** File in the zip; empty where it is the zip as a whole. */
  readonly file: string
  /** Record in the file, the header is 1; 0 where it is the file as a whole. */
  readonly row: number
  /** Empty where it is no single column. */
  readonly column: string
  /** What stands there: at most 80 characters, none of them control characters. */
  readonly value: string
}

const WORDS = {
  ZIP_DAMAGED: 'the zip cannot be read: fetch it again',
  ZIP_TOO_BIG: 'more bytes, or more files, than a feed of a city has: cut it',
  FILE_MISSING: 'this file must be there',
  FILE_TWICE: 'the zip has this file twice: keep one',
  FILE_FOLDER: 'feeds have no folders: put the file at the top of the zip',
  ENCODING: 'not UTF-8: save it as UTF-8',
  QUOTE: 'a quote is never closed, or has text behind it: double the quotes inside of quotes',
  CELLS: 'more cells, or fewer, than the header has',
  COLUMN_MISSING: 'this column must be there',
  COLUMN_TWICE: 'two columns have this name',
  ROWS: 'more rows than a feed of a city has; the rest is not read',
  VALUE_MISSING: 'must not be blank',
  VALUE_BAD: 'not a value that this column can have',
  ID_UNKNOWN: 'nothing has this id',
  ID_TWICE: 'something before it has this id',
  PLACE_MISSING: 'a stop needs a place',
  PARENT_CYCLE: 'a stop is its own parent',
  PARENT_KIND: 'not the kind of stop that can be a parent',
  TIME_BACKWARDS: 'earlier than the stop before',
  TIME_MISSING: 'the first and the last stop of a trip need times',
  SEQUENCE_TWICE: 'two stops of a trip have this number',
  STOPS_FEW: 'a trip needs two stops',
  DISTANCE_BACKWARDS: 'less than at the stop before: not used',
  WINDOW_BAD: 'a window needs a start before its end, and no fixed time',
  SERVICE_UNSAID: 'no calendar says when this runs',
  SERVICE_LONG: 'runs for more than twelve years: the rest is left out',
  SERVICE_EMPTY: 'never runs',
  HEADWAY_MANY: 'more departures than a line has',
  GEOMETRY_BAD: 'not a polygon whose rings close, in degrees',
  FEED_EMPTY: 'no trip is left that could be shown',
} as const

/** The complaint on one line: where, what, and what to do. */
export function complaintText({ code, file, row, column, value }: Complaint): string {
  const where = [file, row > 0 && `row ${row}`, column].filter(part => part).join(', ')
  return `${where === '' ? 'The feed' : where}${value === '' ? '' : ` «${value}»`}: ${WORDS[code]} (${code}).`
}

/** Kept of one code in one file; the rest is counted. */
const KEPT = 25
const SHOWN_CHARACTERS = 80

/** Complaints as they come up. A broken feed could have millions: of each kind the first are kept, all are counted. */
export class Complaints {
  readonly list: Complaint[] = []
  errors = 0
  warnings = 0
  readonly #kept = new Map<string, number>()

  add(
    severity: Complaint['severity'],
    code: ComplaintCode,
    at: { readonly file?: string; readonly row?: number; readonly column?: string; readonly value?: string },
  ): void {
    if (severity === 'error') this.errors++
    else this.warnings++
    const { file = '', row = 0, column = '', value = '' } = at
    const kept = this.#kept.get(`${code} ${file}`) ?? 0
    if (kept >= KEPT) return
    this.#kept.set(`${code} ${file}`, kept + 1)
    this.list.push({ severity, code, file, row, column, value: shown(value) })
  }
}

/** What may safely go to a terminal or a page. */
function shown(value: string): string {
  const clean = value.slice(0, SHOWN_CHARACTERS + 1).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '·')
  return clean.length > SHOWN_CHARACTERS ? `${clean.slice(0, SHOWN_CHARACTERS - 1)}…` : clean
}

import type { Complaints } from './complaint.ts'

/** Cells of one record in the order of the columns asked for, '' where blank; the array is used again. */
export type OnRecord = (cells: readonly string[], row: number) => void

const QUOTE = 34
const COMMA = 44
const LF = 10
const CR = 13

/** Text of a file: UTF-8 with or without a byte order mark. Bytes that are none become U+FFFD, with a complaint. */
export function decodeText(bytes: Uint8Array, file: string, complaints: Complaints): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const text = new TextDecoder('utf-8').decode(bytes)
    const bad = text.indexOf('\uFFFD')
    const start = text.lastIndexOf('\n', bad) + 1
    let row = 1
    for (let at = text.indexOf('\n'); at >= 0 && at < bad; at = text.indexOf('\n', at + 1)) row++
    complaints.add('error', 'ENCODING', { file, row, value: text.slice(Math.max(start, bad - 40), bad + 20) })
    return text
  }
}

/**
 * Records of a CSV text (RFC 4180; lines may end in LF, CR LF or CR): calls `onRecord` for each with the cells of
 * `columns`. Spaces around cells are taken away, blank lines skipped. `onHeader` says whether to go on.
 */
export function readCsv(
  text: string,
  file: string,
  columns: readonly string[],
  most: number,
  complaints: Complaints,
  onHeader: (header: readonly string[]) => boolean,
  onRecord: OnRecord,
): void {
  const cells: string[] = columns.map(() => '')
  const header: string[] = []
  /** For each column of the file which of `columns` it is, or -1. */
  let wanted: number[] = []
  let at = 0
  let row = 0
  while (at < text.length) {
    row++
    if (row > most + 1) {
      complaints.add('error', 'ROWS', { file, row })
      break
    }
    if (row > 1) cells.fill('')
    let column = 0
    let isBlank = true
    for (let more = true; more; column++) {
      const index = row === 1 ? 0 : (wanted[column] ?? -1)
      let cell: string
      if (text.charCodeAt(at) === QUOTE) {
        const end = closingQuote(text, at)
        if (end < 0) {
          complaints.add('error', 'QUOTE', { file, row, value: text.slice(at, at + 200) })
          return
        }
        cell = index < 0 ? '' : text.slice(at + 1, end).replaceAll('""', '"')
        at = end + 1
        const rest = endOfCell(text, at)
        if (rest > at && text.slice(at, rest).trim() !== '')
          complaints.add('error', 'QUOTE', { file, row, value: text.slice(at, rest) })
        at = rest
        isBlank = false
      } else {
        const end = endOfCell(text, at)
        if (end > at) isBlank = false
        cell = index < 0 || end === at ? '' : text.slice(at, end)
        at = end
      }
      if (row === 1) header.push(cell.trim())
      else if (index >= 0) cells[index] = isTrim(cell) ? cell : cell.trim()
      more = text.charCodeAt(at) === COMMA
      if (more) at++
    }
    if (text.charCodeAt(at) === CR) at++
    if (text.charCodeAt(at) === LF) at++
    if (row === 1) {
      header.forEach((name, i) => {
        if (name !== '' && header.indexOf(name) < i)
          complaints.add('error', 'COLUMN_TWICE', { file, row, column: name })
      })
      wanted = header.map((name, i) => (header.indexOf(name) === i ? columns.indexOf(name) : -1))
      if (!onHeader(header)) return
    } else if (!isBlank || column > 1) {
      if (column !== header.length)
        complaints.add('warning', 'CELLS', { file, row, value: `${column} of ${header.length}` })
      onRecord(cells, row)
    }
  }
}

function endOfCell(text: string, from: number): number {
  let at = from
  for (; at < text.length; at++) {
    const c = text.charCodeAt(at)
    if (c === COMMA || c === LF || c === CR) break
  }
  return at
}

/** Where the quote that opens at `from` closes, or -1. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 2))
    if (text.charCodeAt(at + 1) !== QUOTE) return at
  return -1
}

function isTrim(cell: string): boolean {
  return cell.length === 0 || (cell.charCodeAt(0) > 32 && cell.charCodeAt(cell.length - 1) > 32)
}

import { createReadStream } from 'node:fs'

/** Rows of a file as RFC 4180 has them, each with its number from 1. A field with a comma, quote or line end is in quotes. */
export async function* csvRows(path: string): AsyncGenerator<readonly [row: number, fields: string[]], void> {
  let number = 0
  let held = ''
  for await (const piece of createReadStream(path, 'utf8')) {
    held += piece
    let start = 0
    let isQuoted = false
    for (let i = 0; i < held.length; i++) {
      if (held[i] === '"') isQuoted = !isQuoted
      if (held[i] !== '\n' || isQuoted) continue
      yield [++number, fieldsOf(held.slice(start, i).replace(/\r$/, ''))]
      start = i + 1
    }
    held = held.slice(start)
  }
  if (held !== '') yield [++number, fieldsOf(held)]
}

function fieldsOf(line: string): string[] {
  const fields = line.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g) ?? []
  if (!line.endsWith(',')) fields.pop() // the match of nothing at the end
  return fields.map(field => {
    const bare = field.replace(/,$/, '')
    return bare.startsWith('"') ? bare.slice(1, -1).replaceAll('""', '"') : bare
  })
}

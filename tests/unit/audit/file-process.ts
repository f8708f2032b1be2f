/** A process that files at a desk in a file and ends: `file-process.ts FILE COUNT`. Says each that was taken. For tests that kill it. */

import { writeSync } from 'node:fs'
import { inBatches } from '@hexhail/audit/in-batches.ts'
import { openSqliteRecords } from '@hexhail/audit/store/sqlite-records.ts'
import { ORIGIN } from './memory-desk.ts'
import { seededFiling } from './seeded-filing.ts'

const [path = '', count] = process.argv.slice(2)
await using records = openSqliteRecords(path, ORIGIN)
const put = inBatches(records.add)
const numbers = Array.from({ length: Number(count) }, (_, i) => i)
while (numbers.length > 0) {
  const some = numbers.splice(0, 3)
  await Promise.all(
    some.map(async i => {
      const taken = await put(seededFiling(i))
      writeSync(1, `${i} ${taken?.seq}\n`)
    }),
  )
}
